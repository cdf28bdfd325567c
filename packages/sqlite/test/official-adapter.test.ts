import type { OfficialAdapter } from "@kysely-lucia/core";
import { betterSqlite3 } from "@lucia-auth/adapter-sqlite";
import SQLite from "better-sqlite3";
import { expect, test } from "vitest";
import { kyselyLucia, schema } from "../src/index.js";
import { createNotes, type Database, userColumns } from "./support/notes-app.js";

async function officialApp(adapter: OfficialAdapter = betterSqlite3) {
  const database = new SQLite(":memory:");
  const app = kyselyLucia({
    database,
    schema: schema<Database>(),
    lucia: {
      env: "DEV",
      hash: { generate: (s) => `hash of ${s}`, validate: (s, hash) => hash === `hash of ${s}` },
      transformDatabaseUser: (user) => ({ userId: user.id, username: user.username }),
    },
    userColumns,
    adapter,
  });
  await app.migrate();
  await createNotes(app.db);
  const rows = (table: string) => database.prepare(`select * from ${table}`).all();
  return { ...app, rows };
}

const primaryKey = { providerId: "username", providerUserId: "ada", password: "secret" };

test("an official adapter signs up, in and out", async () => {
  const { auth, rows } = await officialApp();
  const user = await auth.createUser({ primaryKey, attributes: { username: "ada" } });
  expect(rows("auth_user")).toEqual([{ id: user.userId, username: "ada" }]);

  const key = await auth.useKey("username", "ada", "secret");
  const { sessionId } = await auth.createSession(key.userId);
  expect(await auth.validateSessionUser(sessionId)).toMatchObject({ user });

  await auth.invalidateSession(sessionId);
  await expect(auth.validateSession(sessionId)).rejects.toThrow("AUTH_INVALID_SESSION_ID");
  await auth.deleteUser(user.userId);
  expect(rows("auth_user")).toEqual([]);
});

test("with an official adapter, it is the adapter that is asked", async () => {
  const asked: string[] = [];
  const { auth } = await officialApp((database) => (error) => {
    const official = betterSqlite3(database)(error);
    const getUser: typeof official.getUser = async (id) => {
      asked.push(id);
      return official.getUser(id);
    };
    return { ...official, getUser };
  });
  const { userId } = await auth.createUser({ primaryKey, attributes: { username: "ada" } });
  expect(await auth.getUser(userId)).toMatchObject({ username: "ada" });
  expect(asked).toEqual([userId]);
});

test("with an official adapter, passwords are checked as with ours", async () => {
  const { auth } = await officialApp();
  const attributes = { username: "ada" };
  const empty = auth.createUser({ primaryKey: { ...primaryKey, password: "" }, attributes });
  await expect(empty).rejects.toThrow("AUTH_INVALID_PASSWORD");
  await auth.createUser({ primaryKey, attributes });
  await expect(auth.useKey("username", "ada", "wrong")).rejects.toThrow("AUTH_INVALID_PASSWORD");
  await expect(auth.useKey("username", "eve", "secret")).rejects.toThrow("AUTH_INVALID_KEY_ID");
});

test("an adapter that does not wait for the check of a password lets nobody in by it", async () => {
  const hasty: OfficialAdapter = (database) => (error) => {
    const official = betterSqlite3(database)(error);
    return {
      ...official,
      getKey: async (id, check) => {
        const key = await official.getKey(id, check);
        if (key) check(key).catch(() => {});
        return key;
      },
    };
  };
  const { auth } = await officialApp(hasty);
  const { userId } = await auth.createUser({ primaryKey, attributes: { username: "ada" } });
  await expect(auth.useKey("username", "ada", "wrong")).rejects.toThrow("AUTH_INVALID_PASSWORD");
  expect(await auth.useKey("username", "ada", "secret")).toMatchObject({ userId });
});

test("with an official adapter, a single-use key is used up", async () => {
  const { auth, rows } = await officialApp();
  const { userId } = await auth.createUser({ primaryKey: null, attributes: { username: "ada" } });
  await auth.createKey(userId, {
    type: "single_use",
    providerId: "reset",
    providerUserId: "token",
    password: null,
    expiresIn: 60,
  });
  expect(await auth.useKey("reset", "token", null)).toMatchObject({ userId, expired: false });
  expect(rows("auth_key")).toEqual([]);
});

test("with an official adapter, a key that can be used again stays", async () => {
  const { auth, rows } = await officialApp();
  const { userId } = await auth.createUser({ primaryKey: null, attributes: { username: "ada" } });
  const github = { providerId: "github", providerUserId: "1", password: null };
  await auth.createKey(userId, { type: "persistent", ...github });
  expect(await auth.useKey("github", "1", null)).toMatchObject({ userId, type: "persistent" });
  expect(rows("auth_key")).toHaveLength(1);
});

test("with an official adapter, a user's dead sessions are deleted along the way, and those alone", async () => {
  const { auth, db, rows } = await officialApp();
  const { userId } = await auth.createUser({ primaryKey: null, attributes: { username: "ada" } });
  const dead = await auth.createSession(userId);
  const alive = await auth.createSession(userId);
  await db
    .updateTable("auth_session")
    .set({ idle_expires: 2000 })
    .where("id", "=", dead.sessionId)
    .execute();
  const { sessionId } = await auth.createSession(userId);
  const ids = rows("auth_session").map((row) => Object(row).id);
  expect(ids.sort()).toEqual([alive.sessionId, sessionId].sort());
});

test("with an official adapter, a transaction has Kysely alone", async () => {
  const { auth, rows, transaction } = await officialApp();
  const { userId } = await auth.createUser({ primaryKey: null, attributes: { username: "ada" } });
  const failed = transaction(async (scope) => {
    expect(Object.keys(scope)).toEqual(["db", "attempt"]);
    await scope.db.insertInto("note").values({ user_id: userId, body: "gone" }).execute();
    throw new Error("changed my mind");
  });
  await expect(failed).rejects.toThrow("changed my mind");
  expect(rows("note")).toEqual([]);
});

test("there is no auth on a transaction with an official adapter", async () => {
  const { authOn, db } = await officialApp();
  await db.transaction().execute(async (trx) => {
    expect(() => authOn(trx)).toThrow(/an official adapter cannot be put on one/);
  });
});

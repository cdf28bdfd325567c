import { rejectionOf } from "@kysely-lucia/conformance";
import { pg as pgAdapter } from "@lucia-auth/adapter-postgresql";
import { expect, test } from "vitest";
import { kyselyLucia } from "../src/index.js";
import { createPool, options } from "./support/app.js";

test("the official adapter signs up, in and out", async () => {
  const pool = await createPool();
  const { auth, db, transaction, migrate } = kyselyLucia({ ...options, pool, adapter: pgAdapter });
  await migrate();

  // In one step, `createUser` with a key, the adapter would keep a connection for ever.
  const user = await auth.createUser({ primaryKey: null, attributes: { username: "ada" } });
  await auth.createKey(user.userId, {
    type: "persistent",
    providerId: "email",
    providerUserId: "ada",
    password: "secret",
  });
  expect(await db.selectFrom("auth_user").selectAll().execute()).toEqual([
    { id: user.userId, username: "ada" },
  ]);
  const key = await auth.useKey("email", "ada", "secret");
  const { sessionId } = await auth.createSession(key.userId);
  expect(await auth.validateSessionUser(sessionId)).toMatchObject({ user });
  const refused = rejectionOf(auth.useKey("email", "ada", "wrong"));
  expect(String(await refused)).toBe("Error: AUTH_INVALID_PASSWORD");
  await auth.invalidateSession(sessionId);
  expect(String(await rejectionOf(auth.validateSession(sessionId)))).toMatch("INVALID_SESSION_ID");

  const scope = await transaction(async (given) => Object.keys(given));
  expect(scope).toEqual(["db", "attempt"]);
  await auth.deleteUser(user.userId);
  expect(await db.selectFrom("auth_user").selectAll().execute()).toEqual([]);
});

test("names of one's own are refused with it", async () => {
  const pool = await createPool();
  const build = () => kyselyLucia({ ...options, pool, adapter: pgAdapter, databaseSchema: "auth" });
  expect(build).toThrow(/`adapter` was given with `tables` or `databaseSchema`/);
});

import { atOnce, rejectionOf } from "@kysely-lucia/conformance";
import { sql } from "kysely";
import { createConnection } from "mysql2/promise";
import { describe, expect, onTestFinished, test } from "vitest";
import { signUp, startApp } from "./support/app.js";

type App = Awaited<ReturnType<typeof startApp>>;

/** Locks two rows one after the other, as two of these do in opposite order. */
const touch = ({ transaction }: App, names: string[], retries: number) =>
  transaction(
    async ({ db, attempt }) => {
      for (const username of names) {
        await sql`select id from auth_user where username = ${username} for update`.execute(db);
      }
      await db.insertInto("note").values({ body: names.join() }).execute();
      return attempt;
    },
    { retries },
  );

const withAdaAndBob = async (settings = {}) => {
  const app = await startApp({ connectionLimit: 4, ...settings });
  await signUp(app, "ada");
  await signUp(app, "bob");
  return app;
};

describe("transactions that are in each other's way", () => {
  const inOppositeOrder = (app: App, retries: number) =>
    Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        touch(app, index % 2 ? ["ada", "bob"] : ["bob", "ada"], retries),
      ),
    );

  test("all succeed in the end where they are repeated: deadlocks", async () => {
    const app = await withAdaAndBob();
    const results = await inOppositeOrder(app, 100);
    expect(results.filter(({ status }) => status === "rejected")).toEqual([]);
    expect(await app.db.selectFrom("note").selectAll().execute()).toHaveLength(20);
  });

  test("fail with the driver's own error where they are not", async () => {
    const app = await withAdaAndBob();
    const results = await inOppositeOrder(app, 0);
    const reasons = results.flatMap((result) =>
      result.status === "rejected" ? [result.reason] : [],
    );
    expect(reasons.length).toBeGreaterThan(0);
    for (const reason of reasons) expect(reason).toMatchObject({ errno: 1213 });
    const notes = await app.db.selectFrom("note").selectAll().execute();
    expect(notes).toHaveLength(20 - reasons.length);
  });

  test("are repeated where MariaDB finds that a row has changed since it was read", async () => {
    const app = await withAdaAndBob();
    const beside = await createConnection(app.url);
    onTestFinished(() => beside.end());
    const attempts: number[] = [];
    await app.transaction(
      async ({ db, attempt }) => {
        attempts.push(attempt);
        await sql`set innodb_snapshot_isolation = on`.execute(db);
        await db.selectFrom("auth_user").selectAll().execute();
        if (attempt === 1)
          await beside.query("update auth_user set username = 'eve' where username = 'ada'");
        await db
          .updateTable("auth_user")
          .set({ username: "mallory" })
          .where("username", "=", "eve")
          .execute();
      },
      { isolationLevel: "repeatable read", retries: 3 },
    );
    expect(attempts).toEqual([1, 2]);
  });

  test("are not repeated after a lock that was waited for in vain: they go on", async () => {
    const app = await withAdaAndBob();
    const beside = await createConnection(app.url);
    onTestFinished(() => beside.destroy());
    await beside.query("start transaction");
    await beside.query("select * from auth_user where username = 'ada' for update");
    const attempts: number[] = [];
    await app.transaction(
      async ({ db, attempt }) => {
        attempts.push(attempt);
        await sql`set innodb_lock_wait_timeout = 1`.execute(db);
        await db.insertInto("note").values({ body: "Before" }).execute();
        const waiting = sql`select id from auth_user where username = 'ada' for update`.execute(db);
        expect(await rejectionOf(waiting)).toMatchObject({ errno: 1205 });
        await db.insertInto("note").values({ body: "After" }).execute();
      },
      { retries: 3 },
    );
    expect(attempts).toEqual([1]);
    expect(await app.db.selectFrom("note").selectAll().execute()).toHaveLength(2);
  });
});

test("auth calls at once do not fail one another, nor leave anything of a deleted user", async () => {
  const app = await startApp({ connectionLimit: 6 });
  const { auth, db } = app;
  for (let round = 0; round < 10; round += 1) {
    const { userId } = await signUp(app, "ada");
    const { sessionId } = await auth.createSession(userId);
    await sql`update auth_session set active_expires = 1000`.execute(db);
    const calls = [
      () => auth.createSession(userId),
      () => auth.validateSession(sessionId),
      () => auth.invalidateAllUserSessions(userId),
      () => auth.updateUserAttributes(userId, { username: "ada" }),
      () =>
        auth.createKey(userId, {
          type: "persistent",
          providerId: "a",
          providerUserId: "b",
          password: null,
        }),
      () => auth.deleteUser(userId),
    ];
    const { errors } = await atOnce(18, async (index) => calls[index % calls.length]?.());
    const unknown = errors.filter((error) => !/AUTH_(INVALID|DUPLICATE)/.test(error));
    expect(unknown).toEqual([]);
    for (const table of ["auth_user", "auth_key", "auth_session"] as const) {
      expect(await db.selectFrom(table).select("id").execute()).toEqual([]);
    }
  }
});

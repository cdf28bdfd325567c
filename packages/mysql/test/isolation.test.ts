import { setTimeout as wait } from "node:timers/promises";
import { rejectionOf } from "@kysely-lucia/conformance";
import { createConnection, type RowDataPacket } from "mysql2/promise";
import { expect, onTestFinished, test } from "vitest";
import { signUp, startApp } from "./support/app.js";

test.each(["read committed", "repeatable read", "serializable"])(
  "nobody signs in as a user who is being deleted, at %s",
  async (level) => {
    const app = await startApp({ connectionLimit: 4 });
    app.pool.on("connection", (connection) => {
      connection.query(`set session transaction isolation level ${level}`);
    });
    for (const table of ["auth_session", "auth_key"]) {
      await app.pool.promise().query(`alter table ${table} drop foreign key ${table}_user_id_fk`);
    }
    const { userId } = await signUp(app, "ada");

    // Somebody else is about to delete the user, and has the lock.
    const other = await createConnection(app.url);
    onTestFinished(() => other.end());
    await other.query("start transaction");
    await other.query("select id from auth_user where id = ? for update", [userId]);
    const signIn = rejectionOf(app.auth.createSession(userId));
    const newKey = rejectionOf(
      app.auth.createKey(userId, {
        type: "persistent",
        providerId: "github",
        providerUserId: "1",
        password: null,
      }),
    );
    // Both of them wait for that lock.
    const waiting = async () => {
      const [rows] = await other.query<RowDataPacket[]>(
        "select count(*) as count from information_schema.innodb_trx where trx_state = 'LOCK WAIT'",
      );
      return rows[0]?.["count"];
    };
    // The server makes that table anew for those who have not asked for 100 ms.
    while ((await waiting()) !== 2) await wait(120);
    await other.query("delete from auth_key where user_id = ?", [userId]);
    await other.query("delete from auth_user where id = ?", [userId]);
    await other.query("commit");
    expect(String(await signIn)).toBe("Error: AUTH_INVALID_USER_ID");
    expect(String(await newKey)).toBe("Error: AUTH_INVALID_USER_ID");
    expect(await app.db.selectFrom("auth_session").selectAll().execute()).toEqual([]);
    expect(await app.db.selectFrom("auth_key").selectAll().execute()).toEqual([]);
  },
);

/** A transaction that has read something, so that it sees the database as of then, and what others do meanwhile. */
async function afterReading<T>(
  meanwhile: (query: (sql: string) => Promise<unknown>) => Promise<unknown>,
  call: (auth: Auth, userId: string) => Promise<T>,
): Promise<T> {
  const app = await startApp();
  const { userId } = await signUp(app, "ada");
  const other = await createConnection(app.url);
  onTestFinished(() => other.end());
  return app.transaction(async ({ db, auth }) => {
    await db.selectFrom("auth_user").selectAll().execute();
    await db.selectFrom("auth_key").selectAll().execute();
    await meanwhile((sql) => other.query(sql));
    return call(auth, userId);
  });
}

type Auth = Awaited<ReturnType<typeof startApp>>["auth"];

test("a user is returned as the call has made it, also where somebody else has made the same of it", async () => {
  const user = await afterReading(
    (query) => query("update auth_user set username = 'eve'"),
    (auth, userId) => auth.updateUserAttributes(userId, { username: "eve" }),
  );
  expect(user.username).toBe("eve");
});

test("the attributes of a user whom somebody else has deleted are not updated, nor said to be", async () => {
  const updated = afterReading(
    async (query) => {
      await query("delete from auth_key");
      await query("delete from auth_user");
    },
    (auth, userId) => auth.updateUserAttributes(userId, { username: "eve" }),
  );
  expect(String(await rejectionOf(updated))).toBe("Error: AUTH_INVALID_USER_ID");
});

test("the password of a key that somebody else has deleted is not updated, nor said to be", async () => {
  const updated = afterReading(
    (query) => query("delete from auth_key"),
    (auth) => auth.updateKeyPassword("email", "ada", "another"),
  );
  expect(String(await rejectionOf(updated))).toBe("Error: AUTH_INVALID_KEY_ID");
});

test("a key that somebody else has made is found where its password is to stay none", async () => {
  const updated = afterReading(
    (query) =>
      query(
        "insert into auth_key (id, user_id, primary_key) select 'github:1', id, false from auth_user",
      ),
    (auth) => auth.updateKeyPassword("github", "1", null),
  );
  await expect(updated).resolves.toBeUndefined();
});

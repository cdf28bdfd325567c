import { rejectionOf } from "@kysely-lucia/conformance";
import { sql } from "kysely";
import { createConnection } from "mysql2/promise";
import { expect, onTestFinished, test } from "vitest";
import { kyselyLucia } from "../src/index.js";
import { options, signUp, startApp } from "./support/app.js";

test("a connection that the app has told not to commit by itself is not given out again", async () => {
  const app = await startApp({ connectionLimit: 1 });
  await app.db.connection().execute((connection) => sql`set autocommit = 0`.execute(connection));
  await signUp(app, "ada");
  const beside = await createConnection(app.url);
  onTestFinished(() => beside.end());
  expect((await beside.query("select username from auth_user"))[0]).toEqual([{ username: "ada" }]);
});

test("two factories know that they share a pool, whichever form of it each was given", async () => {
  const one = await startApp({ connectionLimit: 1 });
  const other = kyselyLucia({ ...options, pool: one.pool.promise() });
  const error = await one.transaction(() => rejectionOf(other.auth.getUser("ada")));
  expect(String(error)).toMatch(/used inside a transaction/);
  // And that a transaction of one in one of the other is a savepoint of it.
  await one.transaction(async ({ auth }) => {
    await signUp({ auth }, "ada");
    const failed = other.transaction(async ({ auth }) => {
      await signUp({ auth }, "bob");
      throw new Error("No");
    });
    expect(String(await rejectionOf(failed))).toBe("Error: No");
  });
  expect(await one.db.selectFrom("auth_user").select("username").execute()).toHaveLength(1);
});

test("a connection of one's own goes on after each transaction on it", async () => {
  const app = await startApp({ connectionLimit: 1 });
  const notes = await app.db.connection().execute(async (connection) => {
    await connection.transaction().execute(async (trx) => {
      await trx.insertInto("note").values({ body: "Committed" }).execute();
    });
    const failed = connection.transaction().execute(async (trx) => {
      await trx.insertInto("note").values({ body: "Rolled back" }).execute();
      throw new Error("No");
    });
    expect(String(await rejectionOf(failed))).toBe("Error: No");
    await connection.insertInto("note").values({ body: "Beside" }).execute();
    return connection.selectFrom("note").select("body").orderBy("body").execute();
  });
  expect(notes).toEqual([{ body: "Beside" }, { body: "Committed" }]);
});

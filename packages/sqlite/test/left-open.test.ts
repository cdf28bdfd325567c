import { type Kysely, sql } from "kysely";
import { expect, test } from "vitest";
import { type Database, notesApp } from "./support/notes-app.js";

const LEFT_OPEN = /still open when the connection was given back, and was rolled back/;

test.each(["begin", "begin immediate", "savepoint mine", "/* mine */ begin"])(
  "%s by a query of its own is refused, as others would write in it",
  async (statement) => {
    const { auth, database, db, transaction } = await notesApp();
    await expect(sql.raw(statement).execute(db)).rejects.toThrow(LEFT_OPEN);
    expect(database.inTransaction).toBe(false);
    const { userId } = await auth.createUser({ primaryKey: null, attributes: { username: "ada" } });
    await transaction(({ auth }) => auth.createSession(userId));
    expect(database.inTransaction).toBe(false);
  },
);

test("what is begun on a connection and not ended is rolled back, and the work's own error is the one that counts", async () => {
  const { database, db } = await notesApp();
  const work = (end: (db: Kysely<Database>) => Promise<unknown>) =>
    db.connection().execute(async (connection) => {
      await sql`begin`.execute(connection);
      await connection.insertInto("auth_user").values({ id: "half", username: "half" }).execute();
      await end(connection);
    });
  await expect(work(async () => {})).rejects.toThrow(LEFT_OPEN);
  await expect(work(() => Promise.reject(new Error("the handler fails")))).rejects.toThrow(
    "the handler fails",
  );
  expect(database.prepare("select * from auth_user").all()).toEqual([]);
  await work((connection) => sql`commit`.execute(connection));
  expect(database.prepare("select id from auth_user").all()).toEqual([{ id: "half" }]);
});

test("a transaction that is open on the raw handle is left to whoever has begun it", async () => {
  const { database, db } = await notesApp();
  database.exec("begin; insert into auth_user values ('raw', 'raw')");
  await db.updateTable("auth_user").set({ username: "ours" }).execute();
  expect(database.inTransaction).toBe(true);
  database.exec("commit");
  const reading = db.selectFrom("auth_user").select("username").execute();
  database.exec("begin");
  expect(await reading).toEqual([{ username: "ours" }]);
  expect(database.inTransaction).toBe(true);
  database.exec("rollback");
});

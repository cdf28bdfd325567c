import SQLite from "better-sqlite3";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { notesApp } from "./support/notes-app.js";

/** An app with two notes, and what has been prepared on its handle. */
async function withNotes() {
  const app = await notesApp();
  const { userId } = await app.auth.createUser({
    primaryKey: null,
    attributes: { username: "ada" },
  });
  for (const body of ["1", "2"]) {
    await app.db.insertInto("note").values({ user_id: userId, body }).execute();
  }
  const prepared: string[] = [];
  const { database } = app;
  const prepare = database.prepare.bind(database);
  database.prepare = ((source: string) => {
    prepared.push(source);
    return prepare(source);
  }) as typeof database.prepare;
  return { ...app, userId, prepared };
}

type App = Awaited<ReturnType<typeof withNotes>>;

const numbered = ({ db }: App, number: number) =>
  sql<{ number: number }>`select ${sql.lit(number)} as number`.execute(db);

describe("a statement that is run again", () => {
  test("is prepared once, by auth and by the app", async () => {
    const { auth, db, prepared, userId } = await withNotes();
    for (let call = 0; call < 3; call += 1) {
      await auth.getUser(userId);
      await db.selectFrom("note").selectAll().execute();
      await db
        .updateTable("note")
        .set({ body: String(call) })
        .execute();
    }
    expect(prepared).toHaveLength(3);
  });

  test("is prepared once, also where it begins or ends a transaction", async () => {
    const { auth, transaction, prepared } = await withNotes();
    const signUp = async (name: string) => {
      const primaryKey = { providerId: "name", providerUserId: name, password: null };
      await auth.createUser({ primaryKey, attributes: { username: name } });
      await transaction(async ({ auth }) => void (await auth.getKey("name", name)));
    };
    await signUp("bob");
    const before = prepared.length;
    await signUp("cleo");
    expect(prepared.slice(before)).toEqual([]);
  });

  test("returns the columns that the table has by now, whoever has changed it", async () => {
    const { db, path, userId, auth, database } = await withNotes();
    const read = async () =>
      Object.keys((await db.selectFrom("note").selectAll().execute())[0] ?? {});
    const before = await read();
    await auth.getUser(userId);
    await sql`alter table note add column color text default 'red'`.execute(db);
    expect(await read()).toEqual([...before, "color"]);
    const other = new SQLite(path);
    other.exec("alter table note drop column color");
    other.close();
    expect(await read()).toEqual(before);
    database.exec("drop table note; create table note (only text); insert into note values ('x')");
    expect(await read()).toEqual(["only"]);
    await sql`drop table note`.execute(db);
    await expect(read()).rejects.toThrow("no such table: note");
    database.exec("create table note (another text); insert into note values ('x')");
    expect(await read()).toEqual(["another"]);
  });

  test("can be run again after it has failed", async () => {
    const { auth, prepared } = await withNotes();
    const signUp = (username: string) =>
      auth.createUser({ primaryKey: null, attributes: { username } });
    await expect(signUp("ada")).rejects.toThrow("UNIQUE constraint failed: auth_user.username");
    expect((await signUp("bob")).userId).toMatch(/^\w{15}$/);
    expect(prepared).toEqual([]);
  });

  test("returns integers as the database was told when it was first run", async () => {
    const { db, database } = await withNotes();
    const one = () => sql<{ n: unknown }>`select 1 as n`.execute(db);
    expect((await one()).rows).toEqual([{ n: 1 }]);
    database.defaultSafeIntegers(true);
    expect((await one()).rows).toEqual([{ n: 1 }]);
    expect((await sql`select 2 as n`.execute(db)).rows).toEqual([{ n: 2n }]);
  });
});

describe("what is kept", () => {
  test("is what was used lately", async () => {
    const app = await withNotes();
    await numbered(app, 0);
    for (let number = 1; number < 1000; number += 1) await numbered(app, number);
    app.prepared.length = 0;
    await numbered(app, 999);
    expect(app.prepared).toEqual([]);
    expect((await numbered(app, 0)).rows).toEqual([{ number: 0 }]);
    expect(app.prepared).toHaveLength(1);
  });

  test("is what is used again and again, however much else is used", async () => {
    const app = await withNotes();
    for (let number = 1; number < 1000; number += 1) {
      await numbered(app, 0);
      await numbered(app, number);
    }
    expect(app.prepared.filter((source) => source === "select 0 as number")).toHaveLength(1);
  });

  test("is not what is very long, nor what changes tables and settings", async () => {
    const { db, prepared } = await withNotes();
    const statements = [
      sql`select ${sql.raw(`'${"x".repeat(20_000)}'`)} as text`,
      sql`create table if not exists note (body text)`,
      sql`pragma foreign_keys = on`,
    ];
    for (const statement of [...statements, ...statements]) await statement.execute(db);
    expect(prepared).toHaveLength(6);
  });
});

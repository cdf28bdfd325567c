import { rejectionOf } from "@kysely-lucia/conformance";
import { type Kysely, type LogEvent, sql } from "kysely";
import { createPool } from "mysql2";
import { expect, onTestFinished, test } from "vitest";
import { kyselyLucia } from "../src/index.js";
import { type Database, options, startApp } from "./support/app.js";

test("a transaction has the isolation level and the access mode that it was given, and no other has", async () => {
  const statements: string[] = [];
  const log = ({ query }: LogEvent) => void statements.push(query.sql);
  const pool = createPool({ uri: (await startApp()).url, connectionLimit: 1 });
  const { db, transaction, close } = kyselyLucia({ ...options, pool, kysely: { log } });
  onTestFinished(close);
  const nothing = async () => {};
  await transaction(nothing, { isolationLevel: "serializable" });
  await transaction(nothing);
  await db.transaction().setAccessMode("read only").execute(nothing);
  const both = db.transaction().setIsolationLevel("read committed").setAccessMode("read write");
  await both.execute(nothing);
  expect(statements).toEqual([
    ...["set transaction isolation level serializable", "begin", "commit"],
    ...["begin", "commit"],
    ...["set transaction read only", "begin", "commit"],
    ...["set transaction isolation level read committed, read write", "begin", "commit"],
  ]);
});

test("a transaction of Kysely's has the access mode that it was given", async () => {
  const { db } = await startApp();
  const readOnly = db.transaction().setAccessMode("read only");
  const write = (trx: Kysely<Database>) => trx.insertInto("note").values({ body: "1" }).execute();
  expect(await rejectionOf(readOnly.execute(write))).toMatchObject({ errno: 1792 });
  await db.transaction().setAccessMode("read write").execute(write);
  expect(await db.selectFrom("note").selectAll().execute()).toHaveLength(1);
});

test("Kysely is told what a statement has written, and the id that the server has given", async () => {
  const { db } = await startApp();
  await sql`create table numbered (id bigint auto_increment primary key, body text)`.execute(db);
  const numbered = db.withTables<{ numbered: { id: number; body: string } }>();
  const insert = numbered.insertInto("numbered").values({ id: 7, body: "1" });
  expect(await insert.executeTakeFirst()).toMatchObject({
    insertId: 7n,
    numInsertedOrUpdatedRows: 1n,
  });
  expect((await db.insertInto("note").values({ body: "1" }).executeTakeFirst()).insertId).toBe(
    undefined,
  );
  const update = numbered.updateTable("numbered").set({ body: "1" });
  expect(await update.executeTakeFirst()).toMatchObject({
    numUpdatedRows: 1n,
    numChangedRows: 0n,
  });
  expect((await sql`do 0`.execute(db)).rows).toEqual([]);
});

test("a row is not taken for what the server says of itself, whatever its columns are called", async () => {
  const NO_BACKSLASH_ESCAPES = 512;
  const { db } = await startApp({
    connectionLimit: 1,
    typeCast: (field, next) => {
      const value = next();
      return field.name === "constructor" ? { name: "ResultSetHeader" } : value;
    },
  });
  const read = async (given: Kysely<Database>) => {
    const { rows } = await sql<{ serverStatus: number }>`
      select 1 as constructor, ${sql.lit(NO_BACKSLASH_ESCAPES)} as serverStatus
    `.execute(given);
    return rows[0]?.serverStatus;
  };
  await db.connection().execute(async (connection) => {
    expect(await read(connection)).toBe(NO_BACKSLASH_ESCAPES);
    expect(await read(connection)).toBe(NO_BACKSLASH_ESCAPES);
  });
});

test("what the server says of itself is known by more than the name of a class, which bundlers change", async () => {
  const { url } = await startApp();
  const pool = createPool({ uri: url, connectionLimit: 1 });
  const [header] = await pool.promise().query("do 0");
  const { name } = header.constructor;
  onTestFinished(() => void Object.defineProperty(header.constructor, "name", { value: name }));
  Object.defineProperty(header.constructor, "name", { value: "a" });
  const { auth, db, close } = kyselyLucia({ ...options, pool });
  onTestFinished(close);
  expect(await rejectionOf(auth.createSession("nobody"))).toMatchObject({
    message: "AUTH_INVALID_USER_ID",
  });
  await sql`set sql_mode = 'NO_BACKSLASH_ESCAPES'`.execute(db).catch(() => {});
  await expect(db.selectFrom("note").selectAll().execute()).resolves.toEqual([]);
  const { rows } = await sql<{ mode: string }>`select @@sql_mode as mode`.execute(db);
  expect(rows[0]?.mode).not.toContain("NO_BACKSLASH_ESCAPES");
});

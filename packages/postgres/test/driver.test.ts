import { rejectionOf } from "@kysely-lucia/conformance";
import { type Kysely, sql } from "kysely";
import { expect, test } from "vitest";
import { type Database, startApp } from "./support/app.js";

const settingOf = async (db: Kysely<Database>, name: string) => {
  const { rows } = await sql<{ value: string }>`
    select current_setting(${name}) as value
  `.execute(db);
  return rows[0]?.value;
};

test.each(["read committed", "repeatable read", "serializable"] as const)(
  "a transaction has the isolation level that it was given: %s",
  async (isolationLevel) => {
    const { db, transaction } = await startApp();
    const level = (given: Kysely<Database>) => settingOf(given, "transaction_isolation");
    expect(await transaction(({ db }) => level(db), { isolationLevel })).toBe(isolationLevel);
    const ofKyselys = db.transaction().setIsolationLevel(isolationLevel).setAccessMode("read only");
    expect(await ofKyselys.execute(level)).toBe(isolationLevel);
  },
);

test("a transaction of Kysely's has the access mode that it was given", async () => {
  const { db } = await startApp();
  const readOnly = db.transaction().setAccessMode("read only");
  const write = (trx: Kysely<Database>) => trx.insertInto("note").values({ body: "1" }).execute();
  expect(await rejectionOf(readOnly.execute(write))).toMatchObject({ code: "25006" });
  await db.transaction().setAccessMode("read write").execute(write);
  expect(await db.selectFrom("note").selectAll().execute()).toHaveLength(1);
});

test("Kysely is told how many rows a statement has written", async () => {
  const { db } = await startApp();
  const inserted = await db
    .insertInto("note")
    .values([{ body: "1" }, { body: "2" }])
    .executeTakeFirst();
  expect(inserted.numInsertedOrUpdatedRows).toBe(2n);
  const { numUpdatedRows } = await db.updateTable("note").set({ body: "3" }).executeTakeFirst();
  expect(numUpdatedRows).toBe(2n);
  const { numDeletedRows } = await db.deleteFrom("note").executeTakeFirst();
  expect(numDeletedRows).toBe(2n);
});

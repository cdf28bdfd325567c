import { type AuthDatabase, kyselyLucia, schema } from "@kysely-lucia/sqlite";
import SQLite from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { expect, expectTypeOf, test } from "vitest";
import { type DocumentedTables, storeIntegers } from "./support/integers.js";

test("D17 on SQLite, the integers of the auth tables are typed as what arrives", async () => {
  const database = new SQLite(":memory:");
  await using ours = kyselyLucia({
    database,
    schema: schema<AuthDatabase<{ username: string | null }>>(),
    lucia: { env: "DEV" },
    userColumns: (table) => table.addColumn("username", "text"),
  });
  await ours.migrate();
  await storeIntegers(ours);

  const session = await ours.db.selectFrom("auth_session").selectAll().executeTakeFirstOrThrow();
  expectTypeOf(session.active_expires).toEqualTypeOf<number>();
  expectTypeOf(session.idle_expires).toEqualTypeOf<number>();
  expect(session).toMatchObject({
    active_expires: expect.any(Number),
    idle_expires: expect.any(Number),
  });

  const key = await ours.db.selectFrom("auth_key").selectAll().executeTakeFirstOrThrow();
  expectTypeOf(key.primary_key).toEqualTypeOf<number>();
  expectTypeOf(key.expires).toEqualTypeOf<number | null>();
  expect(key).toMatchObject({ primary_key: 0, expires: expect.any(Number) });

  const dialect = new SqliteDialect({ database });
  const byHand = new Kysely<DocumentedTables<number>>({ dialect });
  const { active_expires } = await byHand
    .selectFrom("auth_session")
    .select("active_expires")
    .executeTakeFirstOrThrow();
  expect(active_expires).toBe(session.active_expires);
  // @ts-expect-error It is a number, but its type forbids to reckon with it.
  expect(active_expires + 1).toBe(session.active_expires + 1);
});

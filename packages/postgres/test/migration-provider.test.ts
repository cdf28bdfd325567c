import { Kysely, Migrator, PostgresDialect } from "kysely";
import { expect, test } from "vitest";
import { kyselyLucia, migrationProvider } from "../src/index.js";
import { createPool, options } from "./support/app.js";

test("Kysely's own Migrator runs the migrations, in a schema too", async () => {
  const pool = await createPool();
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const provider = migrationProvider({ userColumns: options.userColumns, databaseSchema: "auth" });
  const migrator = new Migrator({ db, provider });
  expect((await migrator.migrateToLatest()).error).toBeUndefined();
  const app = kyselyLucia({ ...options, pool, databaseSchema: "auth" });
  expect(await app.checkSchema()).toEqual([]);
  expect((await migrator.migrateDown()).error).toBeUndefined();
  expect((await migrator.migrateDown()).error).toBeUndefined();
  const tables = await pool.query("select from pg_tables where schemaname = 'auth'");
  expect(tables.rowCount).toBe(0);
});

import { Kysely, Migrator, MysqlDialect } from "kysely";
import { createPool } from "mysql2";
import { expect, test } from "vitest";
import { migrationProvider } from "../src/index.js";
import { options, startApp } from "./support/app.js";

test("Kysely's own Migrator runs the migrations, up, on tables that are there, and down", async () => {
  const { checkSchema, url } = await startApp();
  const pool = createPool(url);
  const db = new Kysely<unknown>({ dialect: new MysqlDialect({ pool }) });
  const migrator = new Migrator({
    db,
    provider: migrationProvider({ userColumns: options.userColumns }),
  });
  expect((await migrator.migrateToLatest()).error).toBeUndefined();
  expect(await checkSchema()).toEqual([]);
  expect((await migrator.migrateDown()).error).toBeUndefined();
  expect((await migrator.migrateDown()).error).toBeUndefined();
  expect((await checkSchema()).filter(({ is }) => is === "missing")).toHaveLength(3);
  expect((await migrator.migrateToLatest()).error).toBeUndefined();
  expect(await checkSchema()).toEqual([]);
  await db.destroy();
});

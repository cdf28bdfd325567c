import { ConfigurationError } from "@kysely-lucia/core";
import SQLite from "better-sqlite3";
import { Kysely, Migrator, SqliteDialect } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { kyselyLucia, migrationProvider } from "../src/index.js";
import { options, temporaryFolder, userColumns } from "./support/notes-app.js";

function start(tables = "") {
  const database = new SQLite(`${temporaryFolder()}/app.db`);
  database.exec(tables);
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
  const app = kyselyLucia({ ...options, database });
  onTestFinished(() => app.close());
  const migrator = (provider: ConstructorParameters<typeof Migrator>[0]["provider"]) =>
    new Migrator({ db, provider });
  return { app, database, migrator };
}

test("Kysely's own Migrator runs the migrations, with those of the app and in a history of its own", async () => {
  const { app, database, migrator } = start();
  const auth = migrationProvider({ userColumns });
  const { results, error } = await migrator({
    getMigrations: async () => ({
      ...(await auth.getMigrations()),
      "2026-01-01_note": {
        up: (db) => db.schema.createTable("note").addColumn("body", "text").execute(),
      },
    }),
  }).migrateToLatest();
  expect(error).toBeUndefined();
  expect(results?.map(({ migrationName, status }) => `${migrationName}: ${status}`)).toEqual([
    "0001_tables: Success",
    "0002_indexes: Success",
    "2026-01-01_note: Success",
  ]);
  expect(await app.checkSchema()).toEqual([]);
  expect(database.prepare("select count(*) from kysely_migration").pluck().get()).toBe(3);
});

test("comes after migrations that an app has had already, by other names", async () => {
  const { app, migrator } = start();
  const note = {
    "2026-01-01_note": {
      up: (db: Kysely<unknown>) =>
        db.schema.createTable("note").addColumn("body", "text").execute(),
    },
  };
  await migrator({ getMigrations: async () => note }).migrateToLatest();
  const auth = await migrationProvider({ userColumns }).getMigrations();
  const refused = await migrator({
    getMigrations: async () => ({ ...auth, ...note }),
  }).migrateToLatest();
  expect(String(refused.error)).toContain("corrupted migrations");
  const renamed = Object.fromEntries(
    Object.entries(auth).map(([name, one]) => [`2026-11-23_auth_${name}`, one]),
  );
  const { error } = await migrator({
    getMigrations: async () => ({ ...renamed, ...note }),
  }).migrateToLatest();
  expect(error).toBeUndefined();
  expect(await app.checkSchema()).toEqual([]);
});

test("goes down, where the tables are empty", async () => {
  const { database, migrator } = start();
  const one = migrator(migrationProvider({ userColumns }));
  await one.migrateToLatest();
  database.exec("insert into auth_user values ('user-1', 'ada')");
  await one.migrateDown();
  const { error } = await one.migrateDown();
  expect(String(error)).toContain("found rows in auth_user");
  database.exec("delete from auth_user");
  expect((await one.migrateDown()).error).toBeUndefined();
  const tables = database.prepare("select name from sqlite_schema where name like 'auth%'").all();
  expect(tables).toEqual([]);
});

test("adopts tables that are there, with other names", async () => {
  const { database, migrator } = start(
    "create table member (id text not null primary key, username text not null unique)",
  );
  const tables = { user: "member", session: "member_session", key: "member_key" };
  const { error } = await migrator(migrationProvider({ userColumns, tables })).migrateToLatest();
  expect(error).toBeUndefined();
  const names = database.prepare(
    "select name from sqlite_schema where name like 'member%' and type = 'table' order by 1",
  );
  expect(names.pluck().all()).toEqual(["member", "member_key", "member_session"]);
});

test.each<[given: unknown, message: RegExp]>([
  [{ tables: { user: "member" } }, /does not have all of: user, session, key/],
  [{ userColumns: 1 }, /userColumns.*1.*Expected/],
  [{ databaseSchema: "auth" }, /no option `databaseSchema`/],
  [{ database: 1 }, /no option `database`/],
  [null, /options are null/],
])("refuses %j", (given, message) => {
  const call = () => migrationProvider(given as never);
  expect(call).toThrow(ConfigurationError);
  expect(call).toThrow(message);
});

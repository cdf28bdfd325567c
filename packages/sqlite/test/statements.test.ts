import { rejectionOf } from "@kysely-lucia/conformance";
import SQLite from "better-sqlite3";
import { expect, test } from "vitest";
import { type AuthDatabase, ConfigurationError, kyselyLucia, schema } from "../src/index.js";
import { type Database, userColumns } from "./support/notes-app.js";

test("a call inside of a transaction needs no savepoint, as a statement that fails undoes itself alone", async () => {
  const statements: string[] = [];
  await using app = kyselyLucia({
    database: new SQLite(":memory:"),
    schema: schema<Database>(),
    lucia: { env: "DEV" },
    kysely: { log: ({ query }) => void statements.push(query.sql) },
    userColumns,
  });
  const { auth, migrate, transaction } = app;
  await migrate();
  const { userId } = await auth.createUser({
    primaryKey: null,
    attributes: { username: "ada" },
  });
  statements.length = 0;
  await transaction(({ auth }) => auth.updateUserAttributes(userId, { username: "lovelace" }));
  expect(statements).toEqual([
    "begin immediate",
    expect.stringMatching(/^delete from "auth_session"/),
    expect.stringMatching(/^update "auth_user"/),
    "commit",
  ]);
});

test("attributes may be of more choices of columns than statements are kept for", async () => {
  const columns = Array.from({ length: 60 }, (_, index) => `column_${index}`);
  await using app = kyselyLucia({
    database: new SQLite(":memory:"),
    schema: schema<AuthDatabase<Record<string, string | null>>>(),
    lucia: { env: "DEV", transformDatabaseUser: ({ id, ...user }) => ({ userId: id, ...user }) },
    userColumns: (table) =>
      columns.reduce((wider, column) => wider.addColumn(column, "text"), table),
  });
  await app.migrate();
  for (const round of ["1", "2"]) {
    for (const column of columns) {
      const user = await app.auth.createUser({ primaryKey: null, attributes: { [column]: round } });
      expect(user).toMatchObject({ [column]: round });
    }
  }
});

test("a log that uses the outer db while a user is stored is told so, rather than waiting for ever", async () => {
  const refused: unknown[] = [];
  const app = kyselyLucia({
    database: new SQLite(":memory:"),
    schema: schema<Database>(),
    lucia: { env: "DEV" },
    kysely: {
      log: async ({ query }) => {
        if (!query.sql.startsWith('insert into "auth_key"')) return;
        refused.push(await rejectionOf(app.db.selectFrom("auth_user").selectAll().execute()));
      },
    },
    userColumns,
  });
  await app.migrate();
  const primaryKey = { providerId: "email", providerUserId: "ada", password: null };
  await app.auth.createUser({ primaryKey, attributes: { username: "ada" } });
  expect(refused).toEqual([expect.any(ConfigurationError)]);
  await app.close();
});

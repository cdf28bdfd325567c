import SQLite from "better-sqlite3";
import { expect, test } from "vitest";
import { kyselyLucia, schema } from "../src/index.js";
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

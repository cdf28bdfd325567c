import SQLite from "better-sqlite3";
import type { LogEvent } from "kysely";
import { expect, test } from "vitest";
import { kyselyLucia, schema } from "../src/index.js";
import { type Database, userColumns } from "./support/notes-app.js";

test("an error of the driver's without a code is told to the log as such", async () => {
  const errors: unknown[] = [];
  const log = (event: LogEvent) => {
    if (event.level === "error") errors.push(event.error);
  };
  await using app = kyselyLucia({
    database: new SQLite(":memory:"),
    schema: schema<Database>(),
    lucia: { env: "DEV" },
    kysely: { log },
    userColumns,
  });
  await app.migrate();
  const name = { first: "Ada" } as unknown as string;
  const call = app.auth.createUser({ primaryKey: null, attributes: { username: name } });
  await expect(call).rejects.toThrow(/SQLite3 can only bind/);
  expect(errors).toEqual([new Error("An auth query failed: no error code")]);
});

test("rows that are streamed are told to the log once, also where they are not read to the end", async () => {
  const events: LogEvent[] = [];
  await using app = kyselyLucia({
    database: new SQLite(":memory:"),
    schema: schema<Database>(),
    lucia: { env: "DEV" },
    kysely: { log: (event) => void events.push(event) },
    userColumns,
  });
  await app.migrate();
  for (const username of ["ada", "bob"]) {
    await app.auth.createUser({ primaryKey: null, attributes: { username } });
  }
  const users = () => app.db.selectFrom("auth_user").selectAll().stream();
  events.length = 0;
  for await (const _ of users());
  for await (const _ of users()) break;
  expect(events).toEqual([
    expect.objectContaining({ level: "query", isStream: true }),
    expect.objectContaining({ level: "query", isStream: true }),
  ]);
  events.length = 0;
  const nowhere = app.db
    .selectFrom("nowhere" as "note")
    .selectAll()
    .stream();
  await expect(nowhere.next()).rejects.toThrow("no such table");
  expect(events).toEqual([expect.objectContaining({ level: "error" })]);
});

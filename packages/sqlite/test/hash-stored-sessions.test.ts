import SQLite from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { ConfigurationError, kyselyLucia } from "../src/index.js";
import { options, userColumns } from "./support/notes-app.js";

test("rows that a trigger keeps are an error, and no loop without an end", async () => {
  const database = new SQLite(":memory:");
  const app = kyselyLucia({ ...options, database, userColumns, sessionIds: "migrating" });
  onTestFinished(() => app.close());
  await app.migrate();
  database.exec("insert into auth_user (id, username) values ('user-1', 'ada')");
  const insert = database.prepare("insert into auth_session values (?, 'user-1', 1, 1)");
  for (let index = 0; index < 25; index++) insert.run(`session-${index}`);
  database.exec(
    "create trigger keep before update on auth_session when old.id like '%7' begin select raise(ignore); end",
  );
  const failed = expect(app.hashStoredSessions({ batchSize: 5 })).rejects;
  await failed.toThrow(ConfigurationError);
  await failed.toThrow(/that are still plain: a trigger/);
  const plain = database.prepare("select id from auth_session where id not like 'sha256:%'");
  expect(plain.pluck().all()).toEqual(["session-17", "session-7"]);
});

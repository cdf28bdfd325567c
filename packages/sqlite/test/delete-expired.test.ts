import SQLite from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { ConfigurationError, kyselyLucia } from "../src/index.js";
import { options, userColumns } from "./support/notes-app.js";

/** Sessions of one user, all of which were over at the same moment. */
async function withExpired(count: number) {
  const database = new SQLite(":memory:");
  const app = kyselyLucia({ ...options, database, userColumns });
  onTestFinished(() => app.close());
  await app.migrate();
  database.exec("insert into auth_user (id, username) values ('user-1', 'ada')");
  database.exec(
    `with recursive n (i) as (select 1 union all select i + 1 from n where i < ${count}) ` +
      "insert into auth_session select printf('%040d', i), 'user-1', 1000, 2000 from n",
  );
  const left = () => database.prepare("select count(*) from auth_session").pluck().get();
  return { ...app, database, left };
}

test("sessions that ended at the same moment are deleted in batches as well", async () => {
  const { deleteExpired, left } = await withExpired(2500);
  const seen: unknown[] = [];
  const onProgress = () => {
    seen.push(left());
  };
  expect(await deleteExpired({ onProgress })).toEqual({ sessions: 2500, keys: 0 });
  expect(seen).toEqual([1500, 500, 0]);
});

test("rows that a trigger keeps are an error, and no loop without an end", async () => {
  const { deleteExpired, database, left } = await withExpired(25);
  database.exec(
    "create trigger keep before delete on auth_session when old.id like '%7' begin select raise(ignore); end",
  );
  const failed = expect(deleteExpired({ batchSize: 5 })).rejects;
  await failed.toThrow(ConfigurationError);
  await failed.toThrow(/deleted sessions that are still there: a trigger/);
  expect(left()).toBeGreaterThan(1);
});

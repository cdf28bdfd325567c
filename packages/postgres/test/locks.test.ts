import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { signUp, startApp } from "./support/app.js";

test("ending all sessions of a user waits for one that is being written, and ends it too", async () => {
  const app = await startApp();
  const { userId } = await signUp(app, "ada");
  const other = new pg.Client(String(app.pool.options.connectionString));
  await other.connect();
  onTestFinished(() => other.end());
  await other.query("begin");
  await other.query("insert into auth_session values ('new', $1, 4102444800000, 4102444800000)", [
    userId,
  ]);

  let isOver = false;
  const ended = app.auth.invalidateAllUserSessions(userId).finally(() => {
    isOver = true;
  });
  const isWaiting = async () => {
    const { rowCount } = await other.query(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    return rowCount !== 0;
  };
  while (!isOver && !(await isWaiting()));
  await other.query("commit");
  await ended;
  expect((await other.query("select id from auth_session")).rows).toEqual([]);
});

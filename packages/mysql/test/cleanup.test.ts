import { setTimeout as delay } from "node:timers/promises";
import type { RowDataPacket } from "mysql2";
import { expect, test } from "vitest";
import { signUp, startApp } from "./support/app.js";

const EVERY = 100;
const LOCK = "concat('cleanup.kysely_lucia.', sha1(database()))";

/** An app with a session that is over, and what is left of it. */
async function startWithDeadSession(connectionLimit: number) {
  const app = await startApp({ connectionLimit });
  const pool = app.pool.promise();
  const { userId } = await signUp(app, "ada");
  await app.auth.createSession(userId);
  await pool.query("update auth_session set idle_expires = 2000");
  const read = async (sql: string) => (await pool.query<RowDataPacket[]>(sql))[0];
  const sessions = async () => (await read("select 1 from auth_session")).length;
  return { ...app, pool, read, sessions };
}

test("a turn is left out while another process has the lock", async () => {
  const { pool, read, sessions, startCleanup } = await startWithDeadSession(3);
  const other = await pool.getConnection();
  await other.query(`select get_lock(${LOCK}, 0)`);
  let cleaned = () => {};
  const turn = new Promise<void>((resolve) => {
    cleaned = resolve;
  });
  const { stop } = startCleanup({ every: EVERY, onCleaned: () => cleaned() });
  await delay(5 * EVERY);
  expect(await sessions()).toBe(1);
  await other.query(`select release_lock(${LOCK})`);
  other.release();
  await turn;
  expect(await sessions()).toBe(0);
  await stop();
  expect(await read(`select is_free_lock(${LOCK}) as isFree`)).toEqual([{ isFree: 1 }]);
});

test("a pool of one connection cleans up without the lock", async () => {
  const { sessions, startCleanup } = await startWithDeadSession(1);
  await new Promise<void>((resolve) => {
    startCleanup({ every: EVERY, onCleaned: () => resolve() });
  });
  expect(await sessions()).toBe(0);
});

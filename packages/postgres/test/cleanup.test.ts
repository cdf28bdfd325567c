import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { signUp, startApp } from "./support/app.js";

const EVERY = 100;

/** An app with a session that is over, and what is left of it. */
async function startWithDeadSession(max: number, settings: object = {}) {
  const app = await startApp({ max, ...settings });
  const { userId } = await signUp(app, "ada");
  const { sessionId } = await app.auth.createSession(userId);
  await app.pool.query("update auth_session set idle_expires = 2000 where id = $1", [sessionId]);
  const sessions = async () => (await app.pool.query("select from auth_session")).rowCount;
  return { ...app, sessions };
}

test("a turn is left out while another process has the lock", async () => {
  const { pool, sessions, startCleanup } = await startWithDeadSession(3);
  const other = await pool.connect();
  await other.query("begin; select pg_advisory_xact_lock(7203915846093)");
  let cleaned = () => {};
  const turn = new Promise<void>((resolve) => {
    cleaned = resolve;
  });
  const { stop } = startCleanup({ every: EVERY, onCleaned: () => cleaned() });
  await delay(5 * EVERY);
  expect(await sessions()).toBe(1);
  await other.query("rollback");
  other.release();
  await turn;
  expect(await sessions()).toBe(0);
  await stop();
  const locks = await pool.query("select from pg_locks where locktype = 'advisory'");
  expect(locks.rowCount).toBe(0);
});

test("the lock is kept for as long as a turn takes, on a server that ends transactions which wait", async () => {
  const { pool, sessions, startCleanup } = await startWithDeadSession(4, {
    options: "-c idle_in_transaction_session_timeout=100",
  });
  const other = await pool.connect();
  await other.query("set idle_in_transaction_session_timeout = 0; begin; lock table auth_session");
  const turn = new Promise<void>((resolve, reject) => {
    startCleanup({ every: EVERY, onCleaned: () => resolve(), onError: reject });
  });
  const waiting = async () =>
    (await other.query("select from pg_locks where not granted")).rowCount === 0;
  while (await waiting());
  await other.query("select pg_sleep(0.5)");
  await other.query("commit");
  other.release();
  await turn;
  expect(await sessions()).toBe(0);
});

test("a pool of one connection cleans up without the lock", async () => {
  const { sessions, startCleanup } = await startWithDeadSession(1);
  await new Promise<void>((resolve) => {
    startCleanup({ every: EVERY, onCleaned: () => resolve() });
  });
  expect(await sessions()).toBe(0);
});

import { rejectionOf } from "@kysely-lucia/conformance";
import type { LogEvent } from "kysely";
import { expect, test } from "vitest";
import { kyselyLucia } from "../src/index.js";
import { options, signUp, startApp } from "./support/app.js";

/** Tells what the log hears of a call. */
async function recording(sessionIds: "plain" | "hashed" = "plain") {
  const { pool } = await startApp();
  const events: LogEvent[] = [];
  const kysely = { log: (event: LogEvent) => void events.push(event) };
  const app = kyselyLucia({ ...options, pool, sessionIds, kysely });
  const { userId } = await signUp(app, "ada");
  const heardOf = async (call: () => Promise<unknown>) => {
    events.length = 0;
    await call();
    return events;
  };
  return { auth: app.auth, pool, userId, heardOf };
}

test("an id that is taken is no error of the server's, which would fill its log", async () => {
  const { auth, userId, heardOf } = await recording();
  const session = await auth.createSession(userId);
  const { sessionId, activePeriodExpiresAt, idlePeriodExpiresAt } = session;
  auth.generateSessionId = () => [sessionId, activePeriodExpiresAt, idlePeriodExpiresAt];
  const key = { providerId: "email", providerUserId: "ada", password: null };
  for (const call of [
    () => auth.createSession(userId),
    () => auth.createKey(userId, { ...key, type: "persistent" }),
    () => auth.createUser({ primaryKey: key, attributes: { username: "eve" } }),
  ]) {
    const events = await heardOf(async () => {
      expect(String(await rejectionOf(call()))).toMatch(/^Error: AUTH_DUPLICATE_/);
    });
    expect(events.map(({ level }) => level)).not.toContain("error");
  }
});

test("a user without a key is written and read by one statement", async () => {
  const { auth, heardOf } = await recording();
  const attributes = { username: "eve" };
  expect(await heardOf(() => auth.createUser({ primaryKey: null, attributes }))).toHaveLength(1);
});

test("an attribute that is undefined leaves the column its default", async () => {
  const { auth, pool } = await recording();
  await pool.query("alter table auth_user add column nickname text default 'none'");
  const primaryKey = { providerId: "email", providerUserId: "eve", password: null };
  const attributes = { username: "eve", nickname: undefined };
  await auth.createUser({ primaryKey, attributes });
  const { rows } = await pool.query("select nickname from auth_user where username = 'eve'");
  expect(rows).toEqual([{ nickname: "none" }]);
});

test("whether the id of a session was cut is not asked, as the server refuses what does not fit", async () => {
  const { auth, userId, heardOf } = await recording("hashed");
  const { sessionId } = await auth.createSession(userId);
  const events = await heardOf(() => auth.renewSession(sessionId));
  const reads = events.filter(({ query }) => /^select.*auth_session/.test(query.sql));
  expect(reads).toHaveLength(1);
});

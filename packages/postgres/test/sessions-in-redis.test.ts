import { rejectionOf } from "@kysely-lucia/conformance";
import { type Server, startRedis } from "@kysely-lucia/services";
import { createClient, type RedisClientType } from "@redis/client";
import { SESSION_COOKIE_NAME } from "lucia-auth";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { kyselyLucia } from "../src/index.js";
import { createPool, options, signUp } from "./support/app.js";
import { redisSessions } from "./support/redis-sessions.js";

let server: Server;
let redis: RedisClientType;

beforeAll(async () => {
  server = await startRedis();
  redis = createClient({ url: server.url });
  await redis.connect();
});

afterAll(async () => {
  redis.destroy();
  await server.stop();
});

beforeEach(() => redis.flushDb());

async function start() {
  const pool = await createPool();
  const app = kyselyLucia({ ...options, pool, sessions: redisSessions(redis) });
  await app.migrate();
  const { userId } = await signUp(app, "ada");
  const rows = async (table: "auth_session" | "auth_user" | "auth_key") =>
    app.db.selectFrom(table).select("id").execute();
  return { ...app, userId, rows };
}

test("sessions are in Redis, users and keys in the database", async () => {
  const { auth, userId, rows } = await start();
  const session = await auth.createSession(userId);
  expect(await redis.keys("*")).toEqual(
    expect.arrayContaining([`session:${session.sessionId}`, `sessions-of:${userId}`]),
  );
  expect(await rows("auth_session")).toEqual([]);
  expect(await rows("auth_key")).toEqual([{ id: "email:ada" }]);
  // Redis lets it go when it can no longer be renewed.
  const ttl = await redis.pExpireTime(`session:${session.sessionId}`);
  expect(ttl).toBe(session.idlePeriodExpiresAt.getTime());
});

test("they sign in, are renewed, listed and ended", async () => {
  const { auth, userId } = await start();
  const session = await auth.createSession(userId);
  expect(await auth.validateSessionUser(session.sessionId)).toMatchObject({
    user: { userId, username: "ada" },
    session: { state: "active", fresh: false },
  });

  const key = `session:${session.sessionId}`;
  const idle = { ...JSON.parse(String(await redis.get(key))), active_expires: 1000 };
  await redis.set(key, JSON.stringify(idle));
  const renewed = await auth.validateSession(session.sessionId);
  expect(renewed).toMatchObject({ userId, fresh: true });
  const all = await auth.getAllUserSessions(userId);
  expect(all.map(({ sessionId }) => sessionId)).toContain(renewed.sessionId);

  await auth.invalidateSession(renewed.sessionId);
  const ended = rejectionOf(auth.validateSession(renewed.sessionId));
  expect(String(await ended)).toBe("Error: AUTH_INVALID_SESSION_ID");
  await auth.createSession(userId);
  await auth.deleteUser(userId);
  expect(await redis.keys("session:*")).toEqual([]);
});

test("in a transaction they are refused, and the transaction goes on", async () => {
  const { auth, transaction, userId, rows } = await start();
  await transaction(async (scope) => {
    const refused = await rejectionOf(scope.auth.createSession(userId));
    expect(String(refused)).toMatch(/kept outside of the database.*Use the outer `auth`/);
    await signUp(scope, "bob");
  });
  expect(await redis.keys("session:*")).toEqual([]);
  expect(await rows("auth_user")).toHaveLength(2);
  expect(await auth.createSession(userId)).toMatchObject({ userId });
});

test("where Redis answers with an error, nobody is signed out", async () => {
  const { auth, userId } = await start();
  const { sessionId } = await auth.createSession(userId);
  const cookies: unknown[] = [];
  const headers = { origin: null, cookie: `${SESSION_COOKIE_NAME}=${sessionId}` };
  const request = auth.handleRequest({
    request: { method: "GET", url: "http://localhost/", headers },
    setCookie: (cookie) => cookies.push(cookie),
  });
  // What is there is of another kind than what is asked for.
  await redis.del(`session:${sessionId}`);
  await redis.sAdd(`session:${sessionId}`, "something else");
  expect(String(await rejectionOf(request.validate()))).toContain("WRONGTYPE");
  expect(cookies).toEqual([]);
});

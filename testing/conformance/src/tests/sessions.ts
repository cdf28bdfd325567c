import { describe, expect, test } from "vitest";
import type { Context } from "../context.js";
import { expectCode } from "../support/calls.js";
import { makeDead, makeIdle, rowOf, signUp } from "../support/fixtures.js";

const READERS = [
  "getSession",
  "getSessionUser",
  "validateSession",
  "validateSessionUser",
  "renewSession",
] as const;

/** Making, checking and renewing sessions. */
export function sessionsTests({ start }: Context): void {
  describe("createSession", () => {
    test("writes a session with its two times, in milliseconds", async () => {
      const { auth, raw } = await start({
        lucia: { sessionExpiresIn: { activePeriod: 1000, idlePeriod: 5000 } },
      });
      const { userId } = await signUp({ auth }, "ada");
      const before = Date.now();
      const session = await auth.createSession(userId);
      const after = Date.now();
      expect(session).toMatchObject({ userId, state: "active", fresh: true });
      expect(session.sessionId).toHaveLength(40);
      const active = session.activePeriodExpiresAt.getTime();
      expect(active).toBeGreaterThanOrEqual(before + 1000);
      expect(active).toBeLessThanOrEqual(after + 1000);
      expect(session.idlePeriodExpiresAt.getTime()).toBe(active + 5000);
      expect(await raw.rows("auth_session")).toEqual([rowOf(session)]);
    });

    test("does not know an unknown user: AUTH_INVALID_USER_ID", async () => {
      const { auth, raw } = await start();
      await signUp({ auth }, "ada");
      await expectCode(auth.createSession("nobody"), "AUTH_INVALID_USER_ID");
      expect(await raw.rows("auth_session")).toEqual([]);
    });

    test("refuses a session id that is there: AUTH_DUPLICATE_SESSION_ID", async () => {
      const { auth, raw } = await start();
      const ada = await signUp({ auth }, "ada");
      const bob = await signUp({ auth }, "bob");
      const session = await auth.createSession(ada.userId);
      const { sessionId, activePeriodExpiresAt, idlePeriodExpiresAt } = session;
      auth.generateSessionId = () => [sessionId, activePeriodExpiresAt, idlePeriodExpiresAt];
      await expectCode(auth.createSession(bob.userId), "AUTH_DUPLICATE_SESSION_ID");
      expect(await raw.rows("auth_session")).toEqual([rowOf(session)]);
    });
  });

  describe("a session", () => {
    test("is active at first: all that read it return it as it is stored", async () => {
      const { auth, raw } = await start();
      const user = await signUp({ auth }, "ada");
      const session = { ...(await auth.createSession(user.userId)), fresh: false };
      await auth.createSession((await signUp({ auth }, "bob")).userId);
      const rows = await raw.rows("auth_session");
      expect(await auth.getSession(session.sessionId)).toEqual(session);
      expect(await auth.validateSession(session.sessionId)).toEqual(session);
      expect(await auth.getSessionUser(session.sessionId)).toEqual({ user, session });
      expect(await auth.validateSessionUser(session.sessionId)).toEqual({ user, session });
      expect(await raw.rows("auth_session")).toEqual(rows);
    });

    test("is idle once its active period is over: reading does not renew it", async () => {
      const { auth, raw } = await start();
      const user = await signUp({ auth }, "ada");
      const session = await auth.createSession(user.userId);
      await makeIdle(raw, session);
      const idle = {
        ...session,
        activePeriodExpiresAt: new Date(1000),
        state: "idle",
        fresh: false,
      };
      expect(await auth.getSession(session.sessionId)).toEqual(idle);
      expect(await auth.getSessionUser(session.sessionId)).toEqual({ user, session: idle });
      expect(await raw.rows("auth_session")).toHaveLength(1);
    });

    test("is renewed by validateSession once it is idle", async () => {
      const { auth, raw } = await start();
      const { userId } = await signUp({ auth }, "ada");
      const session = await auth.createSession(userId);
      await makeIdle(raw, session);
      const renewed = await auth.validateSession(session.sessionId);
      expect(renewed).toMatchObject({ userId, state: "active", fresh: true });
      expect(renewed.sessionId).not.toBe(session.sessionId);
      expect(await raw.rows("auth_session")).toContainEqual(rowOf(renewed));
    });

    test("is renewed by validateSessionUser once it is idle", async () => {
      const { auth, raw } = await start();
      const ada = await signUp({ auth }, "ada");
      const session = await auth.createSession(ada.userId);
      await makeIdle(raw, session);
      const { user, session: renewed } = await auth.validateSessionUser(session.sessionId);
      expect(user).toEqual(ada);
      expect(renewed).toMatchObject({ userId: ada.userId, state: "active", fresh: true });
      expect(renewed.sessionId).not.toBe(session.sessionId);
      expect(await raw.rows("auth_session")).toContainEqual(rowOf(renewed));
    });

    test("is renewed by renewSession also while it is active", async () => {
      const { auth, raw } = await start();
      const { userId } = await signUp({ auth }, "ada");
      const session = await auth.createSession(userId);
      const renewed = await auth.renewSession(session.sessionId);
      expect(renewed).toMatchObject({ userId, state: "active", fresh: true });
      expect(renewed.sessionId).not.toBe(session.sessionId);
      expect(await raw.rows("auth_session")).toContainEqual(rowOf(renewed));
    });
  });

  describe.each(READERS)("%s", (method) => {
    test.each([
      ["unknown", "x".repeat(40)],
      ["too short", "x"],
      ["empty", ""],
    ])("refuses an id that is %s: AUTH_INVALID_SESSION_ID", async (_, sessionId) => {
      const { auth, raw } = await start();
      const { userId } = await signUp({ auth }, "ada");
      await auth.createSession(userId);
      await expectCode(auth[method](sessionId), "AUTH_INVALID_SESSION_ID");
      expect(await raw.rows("auth_session")).toHaveLength(1);
    });

    test.each([
      ["deletes it", true, 0],
      ["keeps it without autoDatabaseCleanup", false, 1],
    ])("refuses a dead session and %s", async (_, autoDatabaseCleanup, left) => {
      const { auth, raw } = await start({ lucia: { autoDatabaseCleanup } });
      const { userId } = await signUp({ auth }, "ada");
      const session = await auth.createSession(userId);
      await makeDead(raw, session);
      await expectCode(auth[method](session.sessionId), "AUTH_INVALID_SESSION_ID");
      expect(await raw.rows("auth_session")).toHaveLength(left);
    });

    test("gives transformDatabaseUser the columns of the user, and none of the session", async () => {
      const given: unknown[] = [];
      const transformDatabaseUser = (row: { id: string; username: string }) => {
        given.push(row);
        return { userId: row.id, username: row.username, nickname: null };
      };
      const { auth } = await start({ lucia: { transformDatabaseUser } });
      const { userId } = await signUp({ auth }, "ada");
      const { sessionId } = await auth.createSession(userId);
      given.length = 0;
      await auth.validateSessionUser(sessionId);
      expect(given).toEqual([{ id: userId, username: "ada", nickname: null }]);
    });
  });
}

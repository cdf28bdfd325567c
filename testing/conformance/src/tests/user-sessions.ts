import type { LogEvent } from "kysely";
import { describe, expect, test } from "vitest";
import type { Context, Started } from "../context.js";
import type { Instance } from "../database.js";
import { expectCode } from "../support/calls.js";
import { makeDead, makeIdle, rowOf, signUp } from "../support/fixtures.js";

/** Calls that delete a user's dead sessions along the way. */
const CLEANING_CALLS: [
  name: string,
  run: (auth: Instance["auth"], userId: string, sessionId: string) => Promise<unknown>,
][] = [
  ["createSession", (auth, userId) => auth.createSession(userId)],
  ["renewSession", (auth, _userId, sessionId) => auth.renewSession(sessionId)],
  ["updateUserAttributes", (auth, userId) => auth.updateUserAttributes(userId, { nickname: "A" })],
];

/** All sessions of a user: listing, ending, and removing dead ones. */
export function userSessionsTests({ start }: Context): void {
  /** A user with one dead and one live session, and another user with a dead one. */
  const withDeadSessions = async ({ auth, raw }: Started) => {
    const ada = await signUp({ auth }, "ada");
    const bob = await signUp({ auth }, "bob");
    const dead = await auth.createSession(ada.userId);
    const alive = await auth.createSession(ada.userId);
    const others = await auth.createSession(bob.userId);
    await makeDead(raw, dead);
    await makeDead(raw, others);
    const ids = async () => (await raw.rows("auth_session")).map((row) => row["id"]);
    return { ...ada, dead: dead.sessionId, alive, others: others.sessionId, ids };
  };

  describe("getAllUserSessions", () => {
    test("returns the live sessions of that user, and deletes its dead ones", async () => {
      const started = await start();
      const { userId, dead, alive, others, ids } = await withDeadSessions(started);
      const sessions = await started.auth.getAllUserSessions(userId);
      expect(sessions).toEqual([{ ...alive, fresh: false }]);
      expect(await ids()).not.toContain(dead);
      expect(await ids()).toEqual(expect.arrayContaining([alive.sessionId, others]));
    });

    test("deletes nothing where none is dead", async () => {
      const statements: string[] = [];
      const log = ({ query }: LogEvent) => void statements.push(query.sql);
      const { auth } = await start({ kysely: { log } });
      const { userId } = await signUp({ auth }, "ada");
      await auth.createSession(userId);
      statements.length = 0;
      await auth.getAllUserSessions(userId);
      expect(statements.filter((sql) => /^delete\b/i.test(sql))).toEqual([]);
    });

    test("returns idle sessions too, and does not renew them", async () => {
      const { auth, raw } = await start();
      const { userId } = await signUp({ auth }, "ada");
      const session = await auth.createSession(userId);
      await makeIdle(raw, session);
      const idle = { sessionId: session.sessionId, state: "idle", fresh: false };
      expect(await auth.getAllUserSessions(userId)).toMatchObject([idle]);
      expect(await raw.rows("auth_session")).toHaveLength(1);
    });

    test("returns nothing for a user without sessions", async () => {
      const { auth } = await start();
      const { userId } = await signUp({ auth }, "ada");
      expect(await auth.getAllUserSessions(userId)).toEqual([]);
    });

    test("does not know an unknown user: AUTH_INVALID_USER_ID", async () => {
      const { auth } = await start();
      await signUp({ auth }, "ada");
      await expectCode(auth.getAllUserSessions("nobody"), "AUTH_INVALID_USER_ID");
    });
  });

  describe("invalidateSession", () => {
    test("deletes that session alone", async () => {
      const { auth, raw } = await start();
      const { userId } = await signUp({ auth }, "ada");
      const kept = await auth.createSession(userId);
      const { sessionId } = await auth.createSession(userId);
      await auth.invalidateSession(sessionId);
      expect(await raw.rows("auth_session")).toEqual([rowOf(kept)]);
      await expectCode(auth.validateSession(sessionId), "AUTH_INVALID_SESSION_ID");
    });

    test("does nothing for an unknown session", async () => {
      const { auth, raw } = await start();
      const session = await auth.createSession((await signUp({ auth }, "ada")).userId);
      await auth.invalidateSession("x".repeat(40));
      expect(await raw.rows("auth_session")).toEqual([rowOf(session)]);
    });
  });

  describe("invalidateAllUserSessions", () => {
    test("deletes all sessions of that user alone", async () => {
      const { auth, raw } = await start();
      const { userId } = await signUp({ auth }, "ada");
      await auth.createSession(userId);
      await auth.createSession(userId);
      const others = await auth.createSession((await signUp({ auth }, "bob")).userId);
      await auth.invalidateAllUserSessions(userId);
      expect(await raw.rows("auth_session")).toEqual([rowOf(others)]);
    });
  });

  describe("deleteDeadUserSessions", () => {
    test("deletes the dead sessions of that user alone", async () => {
      const started = await start();
      const { userId, alive, others, ids } = await withDeadSessions(started);
      await started.auth.deleteDeadUserSessions(userId);
      expect((await ids()).sort()).toEqual([alive.sessionId, others].sort());
    });

    test("has deleted them when it resolves, however many there are", async () => {
      const { auth, raw } = await start();
      const { userId } = await signUp({ auth }, "ada");
      for (let count = 0; count < 30; count += 1) await auth.createSession(userId);
      await raw.run("update auth_session set active_expires = 1000, idle_expires = 2000");
      await auth.deleteDeadUserSessions(userId);
      expect(await raw.rows("auth_session")).toEqual([]);
    });
  });

  describe.each(CLEANING_CALLS)("%s", (_, run) => {
    test("sends as many statements for 30 dead sessions as for none", async () => {
      const statements: string[] = [];
      const log = ({ query }: LogEvent) => void statements.push(query.sql);
      const { auth, raw } = await start({ kysely: { log } });
      const { userId } = await signUp({ auth }, "ada");
      const sent = async () => {
        const { sessionId } = await auth.createSession(userId);
        await raw.run(`update auth_session set idle_expires = 2000 where id <> '${sessionId}'`);
        statements.length = 0;
        await run(auth, userId, sessionId);
        return statements.length;
      };
      const forNone = await sent();
      for (let count = 0; count < 30; count += 1) await auth.createSession(userId);
      expect(await sent()).toBe(forNone);
    });

    test("deletes the user's dead sessions along the way", async () => {
      const started = await start();
      const { userId, dead, alive, others, ids } = await withDeadSessions(started);
      await run(started.auth, userId, alive.sessionId);
      expect(await ids()).not.toContain(dead);
      expect(await ids()).toEqual(expect.arrayContaining([alive.sessionId, others]));
    });

    test("keeps them without autoDatabaseCleanup", async () => {
      const started = await start({ lucia: { autoDatabaseCleanup: false } });
      const { userId, dead, alive, ids } = await withDeadSessions(started);
      await run(started.auth, userId, alive.sessionId);
      expect(await ids()).toContain(dead);
    });
  });
}

import { describe, expect, test } from "vitest";
import type { Context } from "../context.js";
import { atOnce, gate } from "../support/calls.js";
import { makeIdle, rowOf, signUp } from "../support/fixtures.js";

/** Renewals that have company. */
export function renewalsTests({ oneAuth, start }: Context): void {
  const idle = async (options?: Parameters<typeof start>[0]) => {
    const started = await start(options);
    const { userId } = await signUp(started, "ada");
    const session = await started.auth.createSession(userId);
    await makeIdle(started.raw, session);
    return { ...started, userId, session };
  };

  describe("an idle session that several requests come with at once", () => {
    const testOneAuth = oneAuth ? test : undefined;

    test.each(["validateSession", "validateSessionUser", "renewSession"] as const)(
      "is renewed by %s, and each request is signed in",
      async (method) => {
        const { auth, raw, session, userId } = await idle();
        const { fulfilled, errors } = await atOnce(5, async () => {
          const found = await auth[method](session.sessionId);
          return "session" in found ? found.session : found;
        });
        expect(errors).toEqual([]);
        for (const renewed of fulfilled) {
          expect(renewed).toMatchObject({ userId, fresh: true, state: "active" });
          expect(await auth.getSession(renewed.sessionId)).toMatchObject({ userId });
        }
        const stored = await raw.rows("auth_session");
        const distinct = new Set(fulfilled.map(({ sessionId }) => sessionId));
        expect(stored).toHaveLength(1 + distinct.size);
        if (oneAuth) expect(distinct.size).toBe(1);
      },
    );

    testOneAuth?.("is renewed anew where that renewal was ended", async () => {
      const { auth, session, userId } = await idle();
      const first = await auth.validateSession(session.sessionId);
      expect(await auth.validateSession(session.sessionId)).toEqual(first);
      await auth.invalidateSession(first.sessionId);
      const [second, third] = await Promise.all([
        auth.validateSession(session.sessionId),
        auth.validateSession(session.sessionId),
      ]);
      expect(second).toEqual(third);
      expect(second.sessionId).not.toBe(first.sessionId);
      expect(await auth.getSession(second.sessionId)).toMatchObject({ userId });
    });

    testOneAuth?.("is not renewed once all sessions of its user were ended", async () => {
      // The renewal waits in front of its last statement.
      const reached = gate();
      const ended = gate();
      const { auth, raw, session, userId } = await idle();
      const cleanUp = auth.deleteDeadUserSessions;
      auth.deleteDeadUserSessions = async (userId) => {
        await cleanUp(userId);
        reached.open();
        await ended.opened;
      };
      const renewal = atOnce(1, () => auth.validateSession(session.sessionId));
      await reached.opened;
      await raw.run(`delete from auth_session where user_id = '${userId}'`);
      ended.open();
      expect((await renewal).errors).toEqual(["Error: AUTH_INVALID_SESSION_ID"]);
      expect(await raw.rows("auth_session")).toEqual([]);
    });

    testOneAuth?.(
      "is renewed by the next request where the renewal of one has failed",
      async () => {
        const { auth, session, userId } = await idle();
        const cleanUp = auth.deleteDeadUserSessions;
        auth.deleteDeadUserSessions = async () => {
          auth.deleteDeadUserSessions = cleanUp;
          throw new Error("The database is out of reach");
        };
        const { errors } = await atOnce(1, () => auth.validateSession(session.sessionId));
        expect(errors).toEqual(["Error: The database is out of reach"]);
        expect(await auth.validateSession(session.sessionId)).toMatchObject({
          userId,
          fresh: true,
        });
      },
    );

    test("leaves no session where all are ended at the same time, or a later one", async () => {
      const { auth, raw, session, userId } = await idle();
      for (let round = 0; round < 5; round += 1) {
        const renewals = atOnce(4, () => auth.validateSession(session.sessionId));
        const [{ fulfilled }] = await Promise.all([
          renewals,
          auth.invalidateAllUserSessions(userId),
        ]);
        expect(await raw.rows("auth_session"), `${fulfilled.length} renewed`).toEqual([]);
        const again = rowOf(session);
        await raw.run(
          `insert into auth_session (id, user_id, active_expires, idle_expires) values ` +
            `('${again.id}', '${again.user_id}', 1000, ${again.idle_expires})`,
        );
      }
    });

    test("leaves nothing behind where the user is deleted at the same time", async () => {
      const { auth, raw, session, userId } = await idle();
      await Promise.all([
        atOnce(4, () => auth.validateSession(session.sessionId)),
        auth.deleteUser(userId),
      ]);
      expect(await raw.rows("auth_session")).toEqual([]);
      expect(await raw.rows("auth_user")).toEqual([]);
    });
  });
}

import { ConfigurationError, hashSessionId } from "@kysely-lucia/core";
import { describe, expect, test } from "vitest";
import type { Context } from "../context.js";
import { expectCode, rejectionOf } from "../support/calls.js";
import { rowOf, signUp } from "../support/fixtures.js";
import { memorySessions } from "../support/memory-sessions.js";

/** The option `sessions`: users and keys in the database, sessions in another store. */
export function sessionsElsewhereTests({ start }: Context): void {
  const signedIn = async () => {
    const { stored, sessions } = memorySessions();
    const started = await start({ sessions });
    const user = await signUp(started, "ada");
    const session = await started.auth.createSession(user.userId);
    return { ...started, stored, user, session };
  };

  describe("sessions kept elsewhere", () => {
    test("are written there, while users and keys are in the database", async () => {
      const { raw, stored, user, session } = await signedIn();
      expect([...stored.values()]).toEqual([rowOf(session)]);
      expect(await raw.rows("auth_user")).toMatchObject([{ id: user.userId }]);
      expect(await raw.rows("auth_key")).toMatchObject([{ id: "email:ada" }]);
      expect(await raw.rows("auth_session")).toEqual([]);
    });

    test("sign in with their user", async () => {
      const { auth, user, session } = await signedIn();
      const found = { user, session: { ...session, fresh: false } };
      expect(await auth.validateSessionUser(session.sessionId)).toEqual(found);
      expect(await auth.getAllUserSessions(user.userId)).toEqual([found.session]);
    });

    test.each(["hashed", "migrating"] as const)(
      'have hashed ids with sessionIds: "%s"',
      async (ids) => {
        const { sessions, stored } = memorySessions();
        const { auth } = await start({ sessionIds: ids, sessions });
        const { userId } = await signUp({ auth }, "ada");
        const { sessionId } = await auth.createSession(userId);
        expect([...stored.keys()]).toEqual([hashSessionId(sessionId)]);
        expect(await auth.validateSessionUser(sessionId)).toMatchObject({ user: { userId } });
      },
    );

    test("are renewed and ended there", async () => {
      const { auth, raw, stored, session, user } = await signedIn();
      stored.set(session.sessionId, { ...rowOf(session), active_expires: 1000 });
      const renewed = await auth.validateSession(session.sessionId);
      expect(renewed).toMatchObject({ userId: user.userId, fresh: true });
      expect(stored.get(renewed.sessionId)).toEqual(rowOf(renewed));
      await auth.invalidateAllUserSessions(user.userId);
      expect([...stored.keys()]).toEqual([]);
      expect(await raw.rows("auth_session")).toEqual([]);
    });

    test("are not renewed where they were ended after they had been read", async () => {
      const { stored, sessions } = memorySessions();
      const readOnce = () => ({
        ...sessions(),
        getSession: async (id: string) => {
          const found = await sessions().getSession(id);
          stored.delete(id);
          return found;
        },
      });
      const { auth } = await start({ sessions: readOnce });
      const { userId } = await signUp({ auth }, "ada");
      const { sessionId } = await auth.createSession(userId);
      await expectCode(auth.renewSession(sessionId), "AUTH_INVALID_SESSION_ID");
      expect([...stored.keys()]).toEqual([]);
    });

    test("are deleted once they are over, and no others with them", async () => {
      const { auth, stored, session, user } = await signedIn();
      const dead = await auth.createSession(user.userId);
      stored.set(dead.sessionId, { ...rowOf(dead), active_expires: 1000, idle_expires: 2000 });
      await auth.deleteDeadUserSessions(user.userId);
      expect([...stored.keys()]).toEqual([session.sessionId]);
    });

    test("sign nobody in whose user is gone: AUTH_INVALID_SESSION_ID", async () => {
      const { auth, raw, session } = await signedIn();
      await raw.run("delete from auth_key");
      await raw.run("delete from auth_user");
      const call = auth.validateSessionUser(session.sessionId);
      await expectCode(call, "AUTH_INVALID_SESSION_ID");
    });

    test("are deleted with their user", async () => {
      const { auth, raw, stored, user } = await signedIn();
      const bob = await auth.createSession((await signUp({ auth }, "bob")).userId);
      await auth.deleteUser(user.userId);
      expect([...stored.keys()]).toEqual([bob.sessionId]);
      expect(await raw.rows("auth_user")).toMatchObject([{ username: "bob" }]);
      expect(await raw.rows("auth_key")).toMatchObject([{ id: "email:bob" }]);
    });
  });

  describe("sessions kept elsewhere, inside a transaction", () => {
    test.each([
      "getSession",
      "getSessionUser",
      "validateSession",
      "validateSessionUser",
      "renewSession",
      "invalidateSession",
    ] as const)("%s is refused", async (method) => {
      const { transaction, stored, session } = await signedIn();
      await transaction(async ({ auth }) => {
        const error = await rejectionOf(auth[method](session.sessionId));
        expect(error).toBeInstanceOf(ConfigurationError);
      });
      expect([...stored.values()]).toEqual([rowOf(session)]);
    });

    test.each([
      "createSession",
      "getAllUserSessions",
      "invalidateAllUserSessions",
      "deleteDeadUserSessions",
      "deleteUser",
    ] as const)("%s is refused", async (method) => {
      const { transaction, raw, stored, user, session } = await signedIn();
      await transaction(async ({ auth }) => {
        const error = await rejectionOf(auth[method](user.userId));
        expect(error).toBeInstanceOf(ConfigurationError);
      });
      expect([...stored.values()]).toEqual([rowOf(session)]);
      expect(await raw.rows("auth_user")).toHaveLength(1);
    });

    test("users and keys can be read and written", async () => {
      const { transaction, raw, user } = await signedIn();
      const key = { providerId: "github", providerUserId: "1", password: null };
      await transaction(async ({ auth }) => {
        const bob = await signUp({ auth }, "bob");
        await auth.createKey(bob.userId, { type: "persistent", ...key });
        await auth.updateKeyPassword("email", "ada", "new password");
        await auth.useKey("email", "ada", "new password");
        await auth.updateUserAttributes(user.userId, { nickname: "Countess" });
        expect(await auth.getUser(user.userId)).toEqual({ ...user, nickname: "Countess" });
      });
      const nicknames = (await raw.rows("auth_user")).map((row) => row["nickname"]);
      expect(nicknames.sort()).toEqual(["Countess", null]);
      expect(await raw.rows("auth_key")).toHaveLength(3);
    });
  });
}

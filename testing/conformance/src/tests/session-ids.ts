import { hashSessionId } from "@kysely-lucia/core";
import { describe, expect, test } from "vitest";
import type { Context } from "../context.js";
import { expectCode } from "../support/calls.js";
import { rowOf, signUp } from "../support/fixtures.js";

const hashing = ["hashed", "migrating"] as const;

/** Session ids that are stored as hashes. */
export function sessionIdsTests({ createDatabase, start }: Context): void {
  const storedIds = async ({ raw }: Pick<Awaited<ReturnType<typeof start>>, "raw">) =>
    (await raw.rows("auth_session")).map((row) => String(row["id"]));

  describe.each(hashing)('sessionIds: "%s"', (sessionIds) => {
    test("stores the SHA-256 hash of what the cookie holds, and finds the session by that", async () => {
      const started = await start({ sessionIds });
      const { auth, raw } = started;
      const user = await signUp({ auth }, "ada");
      const session = await auth.createSession(user.userId);
      expect(session.sessionId).toMatch(/^[A-Za-z0-9]{40}$/);
      const id = hashSessionId(session.sessionId);
      expect(id).toMatch(/^sha256:[0-9a-f]{64}$/);
      expect(await raw.rows("auth_session")).toEqual([{ ...rowOf(session), id }]);
      const found = { ...session, fresh: false };
      expect(await auth.getSession(session.sessionId)).toEqual(found);
      expect(await auth.validateSession(session.sessionId)).toEqual(found);
      expect(await auth.validateSessionUser(session.sessionId)).toEqual({ user, session: found });
    });

    test("lists the sessions of a user, tells which is this one, and ends another one", async () => {
      const { auth } = await start({ sessionIds });
      const { userId } = await signUp({ auth }, "ada");
      const [here, there] = [await auth.createSession(userId), await auth.createSession(userId)];
      const listed = await auth.getAllUserSessions(userId);
      const current = hashSessionId(here.sessionId);
      expect(listed).toHaveLength(2);
      expect(listed.map((session) => hashSessionId(session.sessionId))).toContain(current);
      const other = listed.find((session) => session.sessionId !== current);
      expect(other?.sessionId).toBe(hashSessionId(there.sessionId));
      await auth.invalidateSession(String(other?.sessionId));
      await expectCode(auth.validateSession(there.sessionId), "AUTH_INVALID_SESSION_ID");
      expect(await auth.validateSession(here.sessionId)).toMatchObject({ userId });
    });

    test("ends a session by what the cookie holds", async () => {
      const { auth, raw } = await start({ sessionIds });
      const { userId } = await signUp({ auth }, "ada");
      await auth.invalidateSession((await auth.createSession(userId)).sessionId);
      expect(await raw.rows("auth_session")).toEqual([]);
    });

    test("renews an idle session, and deletes a dead one", async () => {
      const { auth, raw } = await start({ sessionIds });
      const { userId } = await signUp({ auth }, "ada");
      const { sessionId } = await auth.createSession(userId);
      await raw.run("update auth_session set active_expires = 1000");
      const renewed = await auth.validateSession(sessionId);
      expect(renewed).toMatchObject({ fresh: true, userId });
      expect(await storedIds({ raw })).toContain(hashSessionId(renewed.sessionId));
      await raw.run("update auth_session set idle_expires = 2000, active_expires = 1000");
      await expectCode(auth.validateSession(renewed.sessionId), "AUTH_INVALID_SESSION_ID");
      expect(await storedIds({ raw })).not.toContain(hashSessionId(renewed.sessionId));
    });

    test("signs nobody in by a stored hash, nor by its end", async () => {
      const { auth, raw } = await start({ sessionIds });
      const { userId } = await signUp({ auth }, "ada");
      await auth.createSession(userId);
      const [stored = ""] = await storedIds({ raw });
      for (const id of [stored, stored.slice(7), stored.slice(-40), stored.slice(7, 47)]) {
        await expectCode(auth.getSession(id), "AUTH_INVALID_SESSION_ID");
        await expectCode(auth.validateSession(id), "AUTH_INVALID_SESSION_ID");
        await expectCode(auth.validateSessionUser(id), "AUTH_INVALID_SESSION_ID");
        await expectCode(auth.renewSession(id), "AUTH_INVALID_SESSION_ID");
      }
    });
  });

  describe("a stored hash", () => {
    test("signs nobody in where its column has cut it to the length of an id", async () => {
      const { auth, raw } = await start();
      const { userId } = await signUp({ auth }, "ada");
      const { sessionId } = await auth.createSession(userId);
      const cut = hashSessionId(sessionId).slice(0, sessionId.length);
      await raw.run(`update auth_session set id = '${cut}'`);
      await expectCode(auth.validateSession(cut), "AUTH_INVALID_SESSION_ID");
      await expectCode(auth.validateSessionUser(cut), "AUTH_INVALID_SESSION_ID");
    });

    test("signs nobody in with plain ids either", async () => {
      const { raw, open } = await createDatabase();
      const hashed = (await open({ sessionIds: "hashed" })).instance;
      await hashed.migrate();
      const { userId } = await signUp(hashed, "ada");
      await hashed.auth.createSession(userId);
      const [stored = ""] = await storedIds({ raw });
      await hashed.close();
      const plain = (await open()).instance;
      await expectCode(plain.auth.validateSession(stored), "AUTH_INVALID_SESSION_ID");
      await expectCode(plain.auth.validateSessionUser(stored), "AUTH_INVALID_SESSION_ID");
    });
  });
}

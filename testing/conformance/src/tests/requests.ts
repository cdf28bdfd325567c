import { ConfigurationError } from "@kysely-lucia/core";
import { SESSION_COOKIE_NAME } from "lucia-auth";
import { describe, expect, test } from "vitest";
import type { Context, ContextOptions } from "../context.js";
import { rejectionOf } from "../support/calls.js";
import { makeDead, makeIdle, rowOf, signUp } from "../support/fixtures.js";
import { requestWith } from "../support/requests.js";

/** Who is signed in, asked of a request. */
export function requestsTests({ start }: Context): void {
  const signedIn = async (options?: ContextOptions) => {
    const started = await start(options);
    const user = await signUp(started, "ada");
    const session = await started.auth.createSession(user.userId);
    return { ...started, user, session, stored: { ...session, fresh: false } };
  };

  describe("handleRequest", () => {
    test("does not let a validation under way replace a session that was set meanwhile", async () => {
      const { auth, raw, session } = await signedIn();
      const bob = await signUp({ auth }, "bob");
      const sessionOfBob = await auth.createSession(bob.userId);
      for (const age of [makeIdle, makeDead]) {
        await age(raw, session);
        const { request, values } = requestWith({ auth }, session.sessionId);
        const validated = request.validateUser();
        request.setSession(sessionOfBob);
        await validated;
        expect(values()).toEqual([sessionOfBob.sessionId]);
        expect(await request.validateUser()).toMatchObject({ user: bob });
      }
    });

    test("finds the session of the cookie and its user, and sets no cookie", async () => {
      const { auth, user, session, stored } = await signedIn();
      const { request, cookies } = requestWith({ auth }, session.sessionId);
      expect(request.storedSessionId).toBe(session.sessionId);
      expect(await request.validate()).toEqual(stored);
      expect(await request.validateUser()).toEqual({ user, session: stored });
      expect(cookies).toEqual([]);
    });

    test("finds nobody without a cookie", async () => {
      const { auth } = await signedIn();
      const { request, cookies } = requestWith({ auth }, null);
      expect(request.storedSessionId).toBeNull();
      expect(await request.validate()).toBeNull();
      expect(await request.validateUser()).toEqual({ user: null, session: null });
      expect(cookies).toEqual([]);
    });

    test.each(["validate", "validateUser"] as const)(
      "%s finds an idle session where no cookie can be set, and leaves it as it is",
      async (method) => {
        const { auth, raw, session } = await signedIn();
        await makeIdle(raw, session);
        const before = await raw.rows("auth_session");
        const readOnly = { readOnly: "This one sets no cookies." };
        const { request, cookies } = requestWith({ auth }, session.sessionId, {}, readOnly);
        const found = await request[method]();
        expect(found && "session" in found ? found.session : found).toMatchObject({
          userId: session.userId,
          state: "idle",
          fresh: false,
        });
        expect(() => request.setSession(null)).toThrow(ConfigurationError);
        expect(() => request.setSession(null)).toThrow(readOnly.readOnly);
        expect(request.storedSessionId).toBe(session.sessionId);
        expect(cookies).toEqual([]);
        expect(await raw.rows("auth_session")).toEqual(before);
      },
    );

    test.each(["validate", "validateUser"] as const)(
      "%s renews an idle session once, and sets its cookie",
      async (method) => {
        const { auth, raw, session } = await signedIn();
        await makeIdle(raw, session);
        const { request, cookies } = requestWith({ auth }, session.sessionId);
        const [first, second] = await Promise.all([request[method](), request[method]()]);
        expect(second).toBe(first);
        expect(await request[method]()).toBe(first);
        expect(cookies).toHaveLength(1);
        expect(cookies[0]?.value).not.toBe(session.sessionId);
        expect(request.storedSessionId).toBe(cookies[0]?.value);
        const rows = await raw.rows("auth_session");
        expect(rows.map((row) => row["id"])).toContain(cookies[0]?.value);
      },
    );

    test.each(["validate", "validateUser"] as const)(
      "%s clears the cookie of a session that is over",
      async (method) => {
        const { auth, raw, session } = await signedIn();
        await makeDead(raw, session);
        const { request, values } = requestWith({ auth }, session.sessionId);
        await request[method]();
        expect(values()).toEqual([""]);
        expect(request.storedSessionId).toBeNull();
        expect(await request.validate()).toBeNull();
        expect(await request.validateUser()).toEqual({ user: null, session: null });
      },
    );

    test.each(["validate", "validateUser"] as const)(
      "%s asks the database once, however often it is called",
      async (method) => {
        const queries: string[] = [];
        const log = ({ query }: { query: { sql: string } }) => void queries.push(query.sql);
        const { auth, session } = await signedIn({ kysely: { log } });
        queries.length = 0;
        const { request } = requestWith({ auth }, session.sessionId);
        await Promise.all([request[method](), request[method](), request[method]()]);
        await request[method]();
        expect(queries).toHaveLength(1);
      },
    );

    test("setSession sets the cookie, and the next check sees the new session", async () => {
      const { auth, raw, user, session } = await signedIn();
      const { request, cookies } = requestWith({ auth }, null);
      expect(await request.validateUser()).toEqual({ user: null, session: null });
      request.setSession(session);
      expect(request.storedSessionId).toBe(session.sessionId);
      expect(cookies).toMatchObject([
        { value: session.sessionId, attributes: { expires: session.idlePeriodExpiresAt } },
      ]);
      expect(await request.validate()).toMatchObject({ sessionId: session.sessionId });
      expect(await request.validateUser()).toMatchObject({ user });
      expect(await raw.rows("auth_session")).toEqual([rowOf(session)]);
    });

    test("setSession(null) clears the cookie, and leaves the session to be ended", async () => {
      const { auth, raw, session } = await signedIn();
      const { request, values } = requestWith({ auth }, session.sessionId);
      expect(await request.validate()).not.toBeNull();
      request.setSession(null);
      expect(values()).toEqual([""]);
      expect(request.storedSessionId).toBeNull();
      expect(await request.validate()).toBeNull();
      expect(await raw.rows("auth_session")).toEqual([rowOf(session)]);
    });

    test.each([
      ["believes", "the same origin", "http://localhost:3000", true],
      ["ignores", "another port", "http://localhost:4000", false],
      ["ignores", "an unknown origin", null, false],
    ])("%s the cookie of a form sent from %s", async (_does, _from, origin, trusted) => {
      const { auth, session } = await signedIn();
      const cookie = `${SESSION_COOKIE_NAME}=${session.sessionId}`;
      const form = { method: "POST", headers: { origin, cookie } };
      const { request } = requestWith({ auth }, session.sessionId, form);
      expect((await request.validate()) !== null).toBe(trusted);
    });

    test.each(["validate", "validateUser"] as const)(
      "%s reports a database that cannot answer, signs nobody out, and asks again later",
      async (method) => {
        const { auth, raw, session } = await signedIn();
        await raw.run("alter table auth_session rename column id to elsewhere");
        const { request, cookies } = requestWith({ auth }, session.sessionId);
        await rejectionOf(request[method]());
        expect(cookies).toEqual([]);
        expect(request.storedSessionId).toBe(session.sessionId);
        await raw.run("alter table auth_session rename column elsewhere to id");
        const fresh = requestWith({ auth }, session.sessionId).request;
        expect(await request[method]()).toEqual(await fresh[method]());
        expect(await request.validate()).toMatchObject({ sessionId: session.sessionId });
      },
    );
  });
}

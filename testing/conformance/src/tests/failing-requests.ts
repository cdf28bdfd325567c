import { ConfigurationError } from "@kysely-lucia/core";
import type { LuciaErrorConstructor } from "lucia-auth";
import { describe, expect, test } from "vitest";
import type { Context } from "../context.js";
import { rejectionOf, untyped } from "../support/calls.js";
import { rowOf, signUp } from "../support/fixtures.js";
import { memorySessions } from "../support/memory-sessions.js";
import { requestWith } from "../support/requests.js";

/** What a request makes of sessions that another store cannot renew, and of what is no request. */
export function failingRequestsTests({ start }: Context): void {
  /** A request with an idle session, whose store does not take the renewed one. */
  const failingWith = async (errorOf: (LuciaError: LuciaErrorConstructor) => Error) => {
    const { stored, sessions } = memorySessions();
    let isFull = false;
    const { auth } = await start({
      sessions: (LuciaError) => ({
        ...sessions(),
        setSession: async (session) => {
          if (isFull) throw errorOf(LuciaError);
          stored.set(session.id, session);
        },
      }),
    });
    const { userId } = await signUp({ auth }, "ada");
    const session = await auth.createSession(userId);
    stored.set(session.sessionId, { ...rowOf(session), active_expires: 1000 });
    isFull = true;
    return { session, ...requestWith({ auth }, session.sessionId) };
  };

  describe("a session that cannot be renewed", () => {
    test("because its user is gone signs out", async () => {
      const { request, values } = await failingWith(
        (LuciaError) => new LuciaError("AUTH_INVALID_USER_ID"),
      );
      expect(await request.validate()).toBeNull();
      expect(values()).toEqual([""]);
    });

    test.each<[name: string, errorOf: (LuciaError: LuciaErrorConstructor) => Error]>([
      ["another error of Lucia's", (Lucia) => new Lucia("AUTH_DUPLICATE_SESSION_ID")],
      ["an error that only reads like one of Lucia's", () => new Error("AUTH_INVALID_SESSION_ID")],
    ])("because of %s does not", async (_, errorOf) => {
      const { request, cookies, session } = await failingWith(errorOf);
      await rejectionOf(request.validate());
      expect(cookies).toEqual([]);
      expect(request.storedSessionId).toBe(session.sessionId);
    });
  });

  test.each([
    ["no way to set a cookie", { request: { method: "GET", url: "/", headers: {} } }],
    ["no request", { setCookie: () => {} }],
  ])("what has %s is refused by handleRequest", async (_, context) => {
    const { auth } = await start();
    expect(() => auth.handleRequest(untyped(context))).toThrow(ConfigurationError);
  });
}

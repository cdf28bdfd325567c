import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Context } from "../context.js";
import { rejectionOf } from "../support/calls.js";
import { makeDead, makeIdle, signUp } from "../support/fixtures.js";

const FLAG = "__lucia_debug_mode";

/** Lucia's debug mode, which would print session ids and passwords. */
export function debugModeTests({ start }: Context): void {
  /** All that is printed from now on. */
  const printed = () => {
    const texts: string[] = [];
    const print = (...values: unknown[]) => void texts.push(values.join(" "));
    for (const level of ["log", "info", "warn", "error", "debug"] as const) {
      vi.spyOn(console, level).mockImplementation(print);
    }
    onTestFinished(() => {
      vi.restoreAllMocks();
      Reflect.set(globalThis, FLAG, false);
    });
    return texts;
  };

  describe("Lucia's debug mode", () => {
    test("stays off where it is asked for, with a warning", async () => {
      const texts = printed();
      const warnings: string[] = [];
      const warn = vi.spyOn(process, "emitWarning").mockImplementation((warning) => {
        warnings.push(String(warning));
      });
      onTestFinished(() => warn.mockRestore());
      const { auth } = await start({ lucia: { experimental: { debugMode: true } } });
      expect(warnings).toEqual([expect.stringMatching(/debugMode.*kysely: \{ log/)]);
      await signUp({ auth }, "ada");
      await rejectionOf(auth.useKey("email", "ada", "a wrong password"));
      expect(texts).toEqual([]);
    });

    test("of another Lucia in the process is left as it is, and prints nothing of ours", async () => {
      const texts = printed();
      const { auth, transaction, raw } = await start();
      Reflect.set(globalThis, FLAG, true);
      const { userId } = await signUp({ auth }, "ada");
      await rejectionOf(auth.useKey("email", "ada", "a wrong password"));
      await auth.useKey("email", "ada", "password of ada");
      await rejectionOf(auth.useKey("email", "nobody", "a wrong password"));
      const session = await auth.createSession(userId);
      const headers = { origin: null, cookie: `auth_session=${session.sessionId}` };
      const request = { method: "GET", url: "http://localhost/", headers };
      const handled = auth.handleRequest({ request, setCookie: () => {} });
      await handled.validateUser();
      handled.setSession(await auth.createSession(userId));
      handled.setSession(null);
      await makeIdle(raw, session);
      await auth.validateSessionUser(session.sessionId);
      await makeDead(raw, session);
      await rejectionOf(auth.getSessionUser(session.sessionId));
      await rejectionOf(auth.validateSession("x".repeat(40)));
      await rejectionOf(auth.validateSession("short"));
      await auth.invalidateSession(session.sessionId);
      await transaction(async ({ auth }) => {
        await auth.createSession(userId);
      });
      expect(texts).toEqual([]);
      expect(Reflect.get(globalThis, FLAG)).toBe(true);
    });
  });
}

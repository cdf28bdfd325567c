import { describe, expect, test } from "vitest";
import type { Context } from "../context.js";
import { rejectionOf, untyped } from "../support/calls.js";
import { signUp } from "../support/fixtures.js";
import { memorySessions } from "../support/memory-sessions.js";

const WRONG_OPTIONS: [given: unknown, message: RegExp][] = [
  [{ batchSize: 0 }, /batchSize.*0.*whole number from 1 on, such as 500/],
  [{ batchSize: -1 }, /batchSize.*-1/],
  [{ batchSize: 1.5 }, /batchSize.*1.5/],
  [{ batchSize: Number.NaN }, /batchSize.*NaN/],
  [{ batchSize: "3" }, /batchSize.*"3"/],
  [{ onProgress: 1 }, /onProgress.*1.*a function/],
  [{ signal: {} }, /signal.*an object.*AbortSignal/],
  [{ batchsize: 3 }, /no option `batchsize`.*batchSize, onProgress, signal/],
  [null, /options of hashStoredSessions are null/],
  [[], /options of hashStoredSessions are an array/],
];

/** When plain session ids cannot be turned into hashes, and what that cannot be told. */
export function hashStoredSessionsOptionsTests({ createDatabase, start }: Context): void {
  describe("turning plain sessions into hashed ones", () => {
    test("is refused where it would sign everybody out, or cannot be done", async () => {
      const plain = await start();
      expect(String(await rejectionOf(plain.hashStoredSessions()))).toMatch(
        /ConfigurationError.*stored plain.*"migrating"/,
      );
      const { sessions } = memorySessions();
      const elsewhere = await start({ sessionIds: "migrating", sessions });
      expect(String(await rejectionOf(elsewhere.hashStoredSessions()))).toMatch(
        /ConfigurationError.*outside of the database/,
      );
    });

    test.each(WRONG_OPTIONS)("%j is refused before anything is turned", async (given, message) => {
      const { raw, open } = await createDatabase();
      const plain = (await open()).instance;
      await plain.migrate();
      const { userId } = await signUp(plain, "ada");
      await plain.auth.createSession(userId);
      const before = await raw.rows("auth_session");
      const { hashStoredSessions } = (await open({ sessionIds: "migrating" })).instance;
      const error = String(await rejectionOf(hashStoredSessions(untyped(given))));
      expect(error).toMatch(/^ConfigurationError.*hashStoredSessions/);
      expect(error).toMatch(message);
      expect(await raw.rows("auth_session")).toEqual(before);
    });
  });
}

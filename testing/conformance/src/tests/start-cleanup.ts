import { setTimeout as delay } from "node:timers/promises";
import { ConfigurationError, type DeletedRows } from "@kysely-lucia/core";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Context } from "../context.js";
import { gate, untyped } from "../support/calls.js";
import { makeDead, signUp } from "../support/fixtures.js";

/** The shortest period that there is. */
const EVERY = 100;

/** Deleting what has expired on a schedule. */
export function startCleanupTests({ createDatabase, start }: Context): void {
  const startWithDeadSession = async () => {
    const started = await start();
    const { userId } = await signUp(started, "ada");
    const addDeadSession = async () =>
      makeDead(started.raw, await started.auth.createSession(userId));
    await addDeadSession();
    const sessions = async () => (await started.raw.rows("auth_session")).length;
    return { ...started, addDeadSession, sessions };
  };

  describe("startCleanup", () => {
    test("deletes what has expired, turn by turn, until it is stopped", async () => {
      const { addDeadSession, raw, sessions, startCleanup } = await startWithDeadSession();
      const turns: DeletedRows[] = [];
      let next = gate();
      const { stop } = startCleanup({
        every: EVERY,
        onCleaned: (deleted) => {
          turns.push(deleted);
          next.open();
        },
      });
      await next.opened;
      next = gate();
      await next.opened;
      await stop();
      await stop();
      expect(turns).toEqual([
        { sessions: 1, keys: 0 },
        { sessions: 0, keys: 0 },
      ]);
      expect(await sessions()).toBe(0);
      await addDeadSession();
      await delay(2 * EVERY);
      expect(await raw.rows("auth_session")).toHaveLength(1);
    });

    test("tells what has failed, and goes on", async () => {
      const { open } = await createDatabase();
      const { instance } = await open();
      const [failed, cleaned] = [gate(), gate()];
      const errors: unknown[] = [];
      const { stop } = instance.startCleanup({
        every: EVERY,
        onError: (error) => {
          errors.push(error);
          failed.open();
        },
        onCleaned: () => cleaned.open(),
      });
      await failed.opened;
      expect(String(errors[0])).toContain("migrate()");
      await instance.migrate();
      await cleaned.opened;
      await stop();
    });

    test("ends with the pool, without an error", async () => {
      const { close, startCleanup } = await startWithDeadSession();
      const errors: unknown[] = [];
      startCleanup({ every: EVERY, onError: (error) => errors.push(error) });
      await close();
      await delay(2 * EVERY);
      expect(errors).toEqual([]);
    });

    test("is told nothing, and writes to the console where nobody asks for errors", async () => {
      const { open } = await createDatabase();
      const { instance } = await open();
      const written = gate();
      const original = console.error;
      onTestFinished(() => {
        console.error = original;
      });
      const messages: unknown[] = [];
      console.error = (...args) => {
        messages.push(...args);
        written.open();
      };
      const { stop } = instance.startCleanup({ every: EVERY });
      await written.opened;
      await stop();
      expect(String(messages[0])).toContain("migrate()");
    });

    test.each<[given: unknown, message: RegExp]>([
      [undefined, /options of startCleanup are null/],
      [{}, /every.*undefined|how often/],
      [{ every: 10 }, /every.*10.*a number such as 3600000/],
      [{ every: Number.MAX_SAFE_INTEGER }, /every.*at most 1728000000/],
      [{ every: EVERY, onError: 1 }, /onError.*1.*a function/],
      [{ every: EVERY, evry: 1 }, /no option `evry`/],
    ])("refuses %j", async (given, message) => {
      const { open } = await createDatabase();
      const { instance } = await open();
      const call = () => instance.startCleanup(untyped(given));
      expect(call).toThrow(ConfigurationError);
      expect(call).toThrow(message);
    });
  });
}

import { setTimeout as delay } from "node:timers/promises";
import { ConfigurationError, type DeletedRows } from "@kysely-lucia/core";
import { describe, expect, test } from "vitest";
import type { Context } from "../context.js";
import { gate, rejectionOf, untyped } from "../support/calls.js";
import { makeDead, signUp } from "../support/fixtures.js";

/** The shortest period that there is. */
const EVERY = 100;

/** Resolves with the process's next warning that says so. */
const warningThat = (said: RegExp) =>
  new Promise<void>((resolve) => {
    const listen = ({ message }: Error) => {
      if (!said.test(message)) return;
      process.off("warning", listen);
      resolve();
    };
    process.on("warning", listen);
  });

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

    test("does not keep the process alive", async () => {
      const { startCleanup } = await start();
      const timers = () =>
        process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length;
      const before = timers();
      const { stop } = startCleanup({ every: 3_600_000 });
      expect(timers()).toBe(before);
      await stop();
    });

    test("tells what onCleaned throws, also after it has stopped the cleanup", async () => {
      const { startCleanup } = await startWithDeadSession();
      const told = new Promise<unknown>((resolve) => {
        const { stop } = startCleanup({
          every: EVERY,
          onCleaned: async () => {
            await stop();
            throw new Error("what comes after");
          },
          onError: resolve,
        });
      });
      expect(String(await told)).toContain("what comes after");
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

    test("is not stopped inside of a transaction, whose connection it may wait for", async () => {
      const { startCleanup, transaction } = await start();
      const { stop } = startCleanup({ every: 3_600_000 });
      const error = await rejectionOf(transaction(async () => await stop()));
      expect(String(error)).toMatch(/^ConfigurationError.*`stop` of a cleanup was used inside/);
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

    test("warns where nobody asks for errors", async () => {
      const { open } = await createDatabase();
      const { instance } = await open();
      const warned = warningThat(/^startCleanup has failed: .*migrate\(\)/);
      const { stop } = instance.startCleanup({ every: EVERY });
      await warned;
      await stop();
    });

    test("goes on where the functions that it is given fail", async () => {
      const { open } = await createDatabase();
      const { instance } = await open();
      const warned = warningThat(/^The function onError of startCleanup has failed: .*no matter/);
      const cleaned = gate();
      let calls = 0;
      const { stop } = instance.startCleanup({
        every: EVERY,
        onError: async () => {
          throw new Error("no matter");
        },
        onCleaned: () => {
          calls += 1;
          if (calls === 2) cleaned.open();
          throw new Error("not today");
        },
      });
      await warned;
      await instance.migrate();
      await cleaned.opened;
      await stop();
    });

    test("can be stopped, and the pool closed, by the function that is told", async () => {
      const { close, startCleanup } = await startWithDeadSession();
      const closed = gate();
      const { stop } = startCleanup({
        every: EVERY,
        onCleaned: async () => {
          await stop();
          await close();
          closed.open();
        },
      });
      await closed.opened;
    });

    test("is not waited for by stop() where the function that is told never ends", async () => {
      const { startCleanup } = await startWithDeadSession();
      const told = gate();
      const { stop } = startCleanup({
        every: EVERY,
        onCleaned: () => {
          told.open();
          return new Promise<void>(() => {});
        },
      });
      await told.opened;
      await stop();
    });

    test.each<[given: unknown, message: RegExp]>([
      [undefined, /startCleanup was not told how often/],
      [null, /options of startCleanup are null/],
      [{}, /startCleanup was not told how often/],
      [{ every: 10 }, /every.*10.*a whole number from 100 to 1728000000, such as 3600000/],
      [{ every: Number.MAX_SAFE_INTEGER }, /every.*from 100 to 1728000000/],
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

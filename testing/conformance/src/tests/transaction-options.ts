import { describe, expect, test } from "vitest";
import type { Context } from "../context.js";
import { rejectionOf, untyped } from "../support/calls.js";
import { signUp } from "../support/fixtures.js";

const ISOLATION_LEVELS = [
  "read uncommitted",
  "read committed",
  "repeatable read",
  "serializable",
] as const;

const WRONG_OPTIONS: [given: unknown, message: RegExp][] = [
  [{ isolationLevel: "SERIALIZABLE" }, /isolationLevel.*"SERIALIZABLE".*one of: read uncommitted/],
  [{ isolationLevel: "snapshot" }, /isolationLevel.*"snapshot"/],
  [{ retries: -1 }, /retries.*-1/],
  [{ retries: Number.NaN }, /retries.*NaN/],
  [{ retries: Number.POSITIVE_INFINITY }, /retries.*Infinity/],
  [{ retries: "3" }, /retries.*3/],
  [{ signal: {} }, /signal.*an object.*AbortSignal/],
  [{ isolation: "serializable" }, /no option `isolation`.*isolationLevel, retries, signal/],
  [null, /options of transaction are null/],
  [Object.create({ retries: Number.NaN }), /retries.*NaN/],
  [3, /options of transaction are the number 3/],
];

/** What `transaction` can be told, and what it refuses. */
export function transactionOptionsTests({ start }: Context): void {
  describe("the options of a transaction", () => {
    test.each(ISOLATION_LEVELS)("isolationLevel: %s", async (isolationLevel) => {
      const { transaction, raw } = await start();
      await transaction(({ auth }) => signUp({ auth }, "ada"), { isolationLevel });
      expect(await raw.rows("auth_user")).toHaveLength(1);
    });

    test("an option that is undefined is as good as none", async () => {
      const { transaction, raw } = await start();
      const nothing = { isolationLevel: undefined, retries: undefined, signal: undefined };
      await transaction(({ auth }) => signUp({ auth }, "ada"), untyped(nothing));
      expect(await raw.rows("auth_user")).toHaveLength(1);
    });

    test("a transaction inside of one with an isolation level needs not name it again", async () => {
      const { transaction, raw } = await start();
      const isolationLevel = "serializable";
      await transaction(
        async () => {
          await transaction(({ auth }) => signUp({ auth }, "ada"));
          await transaction(({ auth }) => signUp({ auth }, "bob"), { isolationLevel });
        },
        { isolationLevel },
      );
      expect(await raw.rows("auth_user")).toHaveLength(2);
    });

    test.each(WRONG_OPTIONS)("%j is refused before anything is begun", async (given, message) => {
      const { transaction } = await start();
      let called = false;
      const work = async () => {
        called = true;
      };
      const error = await rejectionOf(transaction(work, untyped(given)));
      expect(String(error)).toMatch(/^ConfigurationError/);
      expect(String(error)).toMatch(message);
      expect(called).toBe(false);
    });

    test.each([undefined, {}])("work that is no function is refused: %j", async (work) => {
      const { transaction } = await start();
      expect(String(await rejectionOf(transaction(untyped(work))))).toMatch(
        /ConfigurationError.*Expected a function/,
      );
    });
  });
}

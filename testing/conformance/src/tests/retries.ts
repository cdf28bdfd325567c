import { describe, expect, test } from "vitest";
import type { Context } from "../context.js";
import { rejectionOf } from "../support/calls.js";
import { signUp, withNotes } from "../support/fixtures.js";

/** Transactions that are tried again. */
export function retriesTests({ harness, start }: Context): void {
  const prepared = () => withNotes(start);

  describe("retries", () => {
    /** Fails as often as there are errors, each time after it has written. */
    const failingWork = async (errors: unknown[], retries?: number) => {
      const { transaction, userId, notes } = await prepared();
      const attempts: number[] = [];
      const result = transaction(
        async ({ db, auth, attempt }) => {
          attempts.push(attempt);
          await db
            .insertInto("note")
            .values({ user_id: userId, body: `${attempt}` })
            .execute();
          await signUp({ auth }, `user of attempt ${attempt}`);
          if (attempt <= errors.length) throw errors[attempt - 1];
          return attempt;
        },
        retries === undefined ? undefined : { retries },
      );
      return { result, attempts, notes };
    };

    test("repeat the work after an error that another attempt may not have", async () => {
      const error = await harness.transientError();
      const wrapped = new Error("The note could not be written", { cause: error });
      const { result, attempts, notes } = await failingWork([error, wrapped], 2);
      expect(await result).toBe(3);
      expect(attempts).toEqual([1, 2, 3]);
      expect(await notes()).toEqual(["3"]);
    });

    test("end after as many, with the error as it is", async () => {
      const error = await harness.transientError();
      const { result, attempts, notes } = await failingWork(Array(9).fill(error), 2);
      expect(await rejectionOf(result)).toBe(error);
      expect(attempts).toEqual([1, 2, 3]);
      expect(await notes()).toEqual([]);
    });

    test.each([undefined, 0])("are none unless they are asked for: %j", async (retries) => {
      const error = await harness.transientError();
      const { result, attempts } = await failingWork([error], retries);
      expect(await rejectionOf(result)).toBe(error);
      expect(attempts).toEqual([1]);
    });

    test("are not made after any other error", async () => {
      const circular = new Error("Anything else");
      circular.cause = circular;
      const { result, attempts } = await failingWork([circular], 5);
      expect(await rejectionOf(result)).toBe(circular);
      expect(attempts).toEqual([1]);
    });

    test("are made by the outermost transaction alone", async () => {
      const { transaction, notes, userId } = await prepared();
      const error = await harness.transientError();
      const calls: string[] = [];
      await transaction(
        async ({ attempt }) => {
          calls.push(`outer ${attempt}`);
          await transaction(
            async ({ db, attempt }) => {
              calls.push(`inner ${attempt}`);
              await db
                .insertInto("note")
                .values({ user_id: userId, body: `${attempt}` })
                .execute();
              if (attempt === 1) throw error;
            },
            { retries: 5 },
          );
        },
        { retries: 1 },
      );
      expect(calls).toEqual(["outer 1", "inner 1", "outer 2", "inner 2"]);
      expect(await notes()).toEqual(["2"]);
    });
  });
}

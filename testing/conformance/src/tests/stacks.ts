import { describe, expect, onTestFinished, test } from "vitest";
import type { Context } from "../context.js";
import { signUp } from "../support/fixtures.js";

/** What a driver's error says of where it comes from: by itself it would begin and end in the driver. */
export function stacksTests({ start }: Context): void {
  // Drivers of others show as much as they are told to; ours more.
  const { stackTraceLimit } = Error;
  const showMore = () => {
    Error.stackTraceLimit = 50;
    onTestFinished(() => {
      Error.stackTraceLimit = stackTraceLimit;
    });
  };

  const stackOf = async (send: () => Promise<unknown>) => {
    try {
      await send();
    } catch (error) {
      if (error instanceof Error) return String(error.stack);
    }
    throw new Error("It should have failed.");
  };

  describe("the stack of a driver's error", () => {
    test("shows who has sent the query", async () => {
      const { auth, db, transaction } = await start();
      showMore();
      await signUp({ auth }, "ada");
      const failing = [
        () =>
          auth.createUser({ primaryKey: null, attributes: { username: "ada", nickname: null } }),
        () =>
          db
            .selectFrom("nowhere" as "note")
            .selectAll()
            .execute(),
        () =>
          transaction(async ({ db: inner }) => {
            await inner
              .selectFrom("nowhere" as "note")
              .selectAll()
              .execute();
          }),
      ];
      for (const send of failing) expect(await stackOf(send)).toMatch("stacks.ts");
    });
  });
}

import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Context } from "../context.js";
import { gate, rejectionOf, ticks } from "../support/calls.js";
import { signUp, withNotes } from "../support/fixtures.js";

/** What is still at work in a transaction inside of a transaction when that, or the one around, is over. */
export function nestedTransactionsEndTests({ start }: Context): void {
  const prepared = () => withNotes(start);

  describe("a transaction inside of a transaction", () => {
    test("is waited for by the one around, also where that forgets to", async () => {
      const { transaction, write, notes } = await prepared();
      const begun = gate();
      const over = gate();
      let inner: Promise<unknown> = Promise.resolve();
      const outer = transaction(async () => {
        inner = transaction(async ({ db }) => {
          await write(db, "1");
          begun.open();
          await over.opened;
          await write(db, "2");
        });
        await begun.opened;
      });
      await begun.opened;
      await nextTurn();
      over.open();
      await outer;
      await inner;
      expect(await notes()).toEqual(["1", "2"]);
    });

    test("that fails takes along what is still at work inside of it", async () => {
      const { transaction, write, notes } = await prepared();
      const written = gate();
      const over = gate();
      await transaction(async ({ db }) => {
        await write(db, "1");
        let inner: Promise<unknown> = Promise.resolve();
        const nested = transaction(async () => {
          inner = transaction(async ({ db }) => {
            await write(db, "Lost");
            written.open();
            await over.opened;
            await write(db, "Late");
          });
          await Promise.all([
            inner,
            written.opened.then(() => Promise.reject(new Error("The inner work has failed"))),
          ]);
        });
        expect(String(await rejectionOf(nested))).toBe("Error: The inner work has failed");
        over.open();
        expect(String(await rejectionOf(inner))).toMatch(/has ended/);
        await write(db, "2");
      });
      expect(await notes()).toEqual(["1", "2"]);
    });

    test("that is aborted does so, too", async () => {
      const { transaction, write, notes } = await prepared();
      const controller = new AbortController();
      const over = gate();
      await transaction(async ({ db }) => {
        const nested = transaction(
          () =>
            transaction(async ({ db }) => {
              await write(db, "Lost");
              controller.abort(new Error("Changed my mind"));
              await over.opened;
              await write(db, "Late");
            }),
          { signal: controller.signal },
        );
        expect(String(await rejectionOf(nested))).toBe("Error: Changed my mind");
        over.open();
        await write(db, "1");
      });
      expect(await notes()).toEqual(["1"]);
    });

    test.each([
      ["a transaction of its own", "transaction"],
      ["the transaction around", "around"],
    ])("that fails lets nothing of it go on in %s", async (_where, by) => {
      const { transaction, write, notes } = await prepared();
      const failed = gate();
      await transaction(async ({ db: around }) => {
        let late: Promise<unknown> = Promise.resolve();
        const nested = transaction(async () => {
          late = failed.opened.then(() =>
            by === "around" ? write(around, "Late") : transaction(({ db }) => write(db, "Late")),
          );
          late.catch(() => {});
          throw new Error("No invitation");
        });
        expect(String(await rejectionOf(nested))).toBe("Error: No invitation");
        failed.open();
        expect(String(await rejectionOf(late))).toMatch(/has ended/);
        await write(around, "1");
      });
      expect(await notes()).toEqual(["1"]);
    });

    test.each([0, 1, 2, 3, 5, 8, 13, 21])(
      "that fails beside a sign-up leaves nothing of that, %i ticks after",
      async (late) => {
        const { transaction, raw, write, notes } = await prepared();
        await transaction(async ({ db }) => {
          const nested = transaction(({ auth }) =>
            Promise.all([
              signUp({ auth }, "bob"),
              ticks(late).then(() => Promise.reject(new Error("No invitation"))),
            ]),
          );
          expect(String(await rejectionOf(nested))).toBe("Error: No invitation");
          await write(db, "1");
        });
        expect(await notes()).toEqual(["1"]);
        expect(await raw.rows("auth_user")).toHaveLength(1);
        expect(await raw.rows("auth_key")).toHaveLength(1);
      },
    );

    test.each([0, 1, 2, 3, 5, 8])(
      "that succeeds has a sign-up that it has not awaited whole or not at all, %i turns after",
      async (turns) => {
        const { transaction, raw, write, notes } = await prepared();
        await transaction(async ({ db }) => {
          let signedUp: Promise<unknown> = Promise.resolve();
          await transaction(async ({ auth }) => {
            signedUp = signUp({ auth }, "bob").catch(() => {});
            for (let turn = 0; turn < turns; turn += 1) await nextTurn();
          });
          await signedUp;
          await write(db, "1");
        });
        const users = (await raw.rows("auth_user")).map((row) => row["id"]);
        const owners = (await raw.rows("auth_key")).map((row) => row["user_id"]);
        expect(owners.sort()).toEqual(users.sort());
        expect(await notes()).toEqual(["1"]);
      },
    );

    test("that waits for its turn can be given up", async () => {
      const { transaction, write, notes } = await prepared();
      const controller = new AbortController();
      const over = gate();
      await transaction(async ({ db }) => {
        const first = transaction(() => over.opened);
        const second = transaction(({ db }) => write(db, "Lost"), { signal: controller.signal });
        controller.abort(new Error("Changed my mind"));
        expect(String(await rejectionOf(second))).toBe("Error: Changed my mind");
        over.open();
        await first;
        await write(db, "1");
      });
      expect(await notes()).toEqual(["1"]);
    });

    test("that was not awaited and never ends can be given up by the one around", async () => {
      const { transaction, write, notes, userId } = await prepared();
      const controller = new AbortController();
      const begun = gate();
      let inner: Promise<unknown> = Promise.resolve();
      const outer = transaction(
        async () => {
          inner = rejectionOf(
            transaction(async ({ db }) => {
              await write(db, "Lost");
              begun.open();
              await new Promise(() => {});
            }),
          );
          await begun.opened;
        },
        { signal: controller.signal },
      );
      await begun.opened;
      await nextTurn();
      controller.abort(new Error("Changed my mind"));
      expect(String(await rejectionOf(outer))).toBe("Error: Changed my mind");
      expect(String(await inner)).toMatch(/has ended/);
      expect(await notes()).toEqual([]);
      await transaction(({ auth }) => auth.createSession(userId));
    });

    test("lets nothing pass after it", async () => {
      const { transaction, write, notes } = await prepared();
      const over = gate();
      await transaction(async ({ db }) => {
        const { late } = await transaction(async ({ db }) => ({
          late: over.opened.then(() => write(db, "Late")),
        }));
        over.open();
        expect(String(await rejectionOf(late))).toMatch(/has ended/);
        await write(db, "1");
      });
      expect(await notes()).toEqual(["1"]);
    });
  });
}

import type { LogEvent } from "kysely";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Context } from "../context.js";
import { aborting, gate, rejectionOf, untyped } from "../support/calls.js";
import { signUp, withNotes } from "../support/fixtures.js";

/** Transactions that are given up. */
export function signalTests({ harness, start }: Context): void {
  const prepared = () => withNotes(start);

  describe("signal", () => {
    test("that is aborted already: nothing is begun", async () => {
      const { transaction } = await start();
      const reason = new Error("Changed my mind");
      let called = false;
      const work = async () => {
        called = true;
      };
      const error = await rejectionOf(transaction(work, { signal: AbortSignal.abort(reason) }));
      expect(error).toBe(reason);
      expect(called).toBe(false);
    });

    test("rolls back whatever the work is doing, and lets nothing of it pass any more", async () => {
      const { transaction, notes, userId } = await prepared();
      const { signal, abort } = aborting();
      const written = gate();
      const over = gate();
      let late: Promise<unknown> = Promise.resolve();
      const result = transaction(
        async ({ db }) => {
          const write = (body: string) =>
            db.insertInto("note").values({ user_id: userId, body }).execute();
          await write("Lost");
          written.open();
          late = over.opened.then(() => rejectionOf(write("Late")));
          await late;
        },
        { signal },
      );
      await written.opened;
      const reason = abort();
      expect(await rejectionOf(result)).toBe(reason);
      over.open();
      expect(String(await late)).toMatch(/has ended/);
      expect(await notes()).toEqual([]);
      await transaction(({ auth }) => auth.createSession(userId));
    });

    test("undoes a transaction inside of another one alone", async () => {
      const { transaction, notes, userId } = await prepared();
      const { signal, abort } = aborting();
      let reason: Error | undefined;
      await transaction(async ({ db }) => {
        const write = (body: string) =>
          db.insertInto("note").values({ user_id: userId, body }).execute();
        const inner = transaction(
          async () => {
            await write("Lost");
            reason = abort();
            await new Promise(() => {});
          },
          { signal },
        );
        expect(await rejectionOf(inner)).toBe(reason);
        await write("1");
      });
      expect(await notes()).toEqual(["1"]);
    });

    test("ends the waiting for a connection", async () => {
      const { transaction, userId, raw } = await prepared();
      const { signal, abort } = aborting();
      const begun = gate();
      const over = gate();
      // More than any pool of the suite has connections.
      const holding = Array.from({ length: 20 }, () =>
        transaction(async () => {
          begun.open();
          await over.opened;
        }),
      );
      await begun.opened;
      const waiting = transaction(({ auth }) => auth.createSession(userId), { signal });
      const reason = abort();
      expect(await rejectionOf(waiting)).toBe(reason);
      over.open();
      await Promise.all(holding);
      await transaction(async () => {});
      expect(await raw.rows("auth_session")).toEqual([]);
    });

    test("ends the repetition", async () => {
      const { transaction } = await prepared();
      const { signal, abort } = aborting();
      const error = await harness.transientError();
      let attempts = 0;
      let reason: Error | undefined;
      const result = transaction(
        async ({ attempt }) => {
          attempts = attempt;
          if (attempt === 3) reason = abort();
          throw error;
        },
        { retries: 1000, signal },
      );
      expect(await rejectionOf(result)).toBe(reason);
      expect(attempts).toBe(3);
    });

    test("has no effect once the commit is under way", async () => {
      const { signal, abort } = aborting();
      let isDone = false;
      // The log hears of a query when it is over, and the commit waits for the log.
      const log = () => {
        if (isDone) abort();
      };
      const { transaction, auth, raw } = await start({ kysely: { log } });
      const { userId } = await signUp({ auth }, "ada");
      const committed = transaction(
        async ({ auth }) => {
          await auth.createSession(userId);
          isDone = true;
        },
        { signal },
      );
      await committed;
      expect(signal.aborted).toBe(true);
      expect(await raw.rows("auth_session")).toHaveLength(1);
    });

    test("has no effect on a transaction inside of another one once it is being kept", async () => {
      const { signal, abort } = aborting();
      let isDone = false;
      const log = ({ query }: LogEvent) => {
        if (isDone && /^release savepoint/.test(query.sql)) abort();
      };
      const { transaction, write, notes } = await withNotes(start, { kysely: { log } });
      await transaction(() =>
        transaction(
          async ({ db }) => {
            await write(db, "Kept");
            isDone = true;
          },
          { signal },
        ),
      );
      expect(signal.aborted).toBe(true);
      expect(await notes()).toEqual(["Kept"]);
    });

    test("may be shared by as many transactions as there are, without a warning", async () => {
      const { transaction } = await start();
      const { signal } = aborting();
      const warnings: Error[] = [];
      const listener = (warning: Error) => warnings.push(warning);
      process.on("warning", listener);
      onTestFinished(() => void process.off("warning", listener));
      const transactions = Array.from({ length: 20 }, () =>
        transaction(async () => {}, { signal }),
      );
      await Promise.all(transactions);
      // Node.js tells of warnings on its next turn.
      await new Promise(setImmediate);
      expect(warnings).toEqual([]);
    });

    test("may be one of another realm, as test environments have", async () => {
      const { transaction, notes, userId } = await prepared();
      const signal = foreignSignal();
      const aborted = transaction(
        async ({ db }) => {
          await db.insertInto("note").values({ user_id: userId, body: "Lost" }).execute();
          signal.abort(new Error("Changed my mind"));
          await new Promise(() => {});
        },
        { signal: untyped(signal) },
      );
      expect(String(await rejectionOf(aborted))).toBe("Error: Changed my mind");
      expect(await notes()).toEqual([]);
    });
  });
}

/** An AbortSignal that is not Node's. */
function foreignSignal() {
  const listeners = new Set<() => void>();
  return {
    aborted: false,
    reason: undefined as unknown,
    addEventListener: (_: "abort", listener: () => void) => void listeners.add(listener),
    removeEventListener: (_: "abort", listener: () => void) => void listeners.delete(listener),
    throwIfAborted() {
      if (this.aborted) throw this.reason;
    },
    abort(reason: unknown) {
      this.aborted = true;
      this.reason = reason;
      for (const listener of listeners) listener();
    },
  };
}

import { describe, expect, test } from "vitest";
import type { Context } from "../context.js";
import { gate, rejectionOf, untyped } from "../support/calls.js";
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
];

/** How a transaction is run: isolation level, repetition, and being given up. */
export function transactionOptionsTests({ harness, start }: Context): void {
  const prepared = async () => {
    const started = await start();
    const { userId } = await signUp(started, "ada");
    const notes = async () => (await started.raw.rows("note")).map((row) => row["body"]);
    return { ...started, userId, notes };
  };

  describe("the options of a transaction", () => {
    test.each(ISOLATION_LEVELS)("isolationLevel: %s", async (isolationLevel) => {
      const { transaction, raw } = await start();
      await transaction(({ auth }) => signUp({ auth }, "ada"), { isolationLevel });
      expect(await raw.rows("auth_user")).toHaveLength(1);
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

    test("are none unless they are asked for", async () => {
      const error = await harness.transientError();
      const { result, attempts } = await failingWork([error]);
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
      await transaction(async ({ db }) => {
        const write = (body: string) =>
          db.insertInto("note").values({ user_id: userId, body }).execute();
        const inner = transaction(
          async () => {
            await write("Lost");
            abort();
            await new Promise(() => {});
          },
          { signal },
        );
        await rejectionOf(inner);
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

function aborting() {
  const controller = new AbortController();
  const reason = new Error("Changed my mind");
  const abort = () => {
    controller.abort(reason);
    return reason;
  };
  return { signal: controller.signal, abort };
}

import { setTimeout as delay } from "node:timers/promises";
import { checkCallOptions, type Rules, someFunction, wholeNumber } from "./check-call-options.js";
import { ConfigurationError } from "./configuration-error.js";
import { type DeletedRows, type DeleteExpiredOptions, LARGEST_BATCH } from "./delete-expired.js";
import type { DialectSpec, OpenedPool } from "./dialect-spec.js";
import type { AnyKysely } from "./executor.js";
import { beginTransaction } from "./transaction/begin.js";
import { refuseInside } from "./transaction/connections.js";
import { warnOfFailure } from "./warn-of-failure.js";

/** When and how what has expired is deleted. */
export interface CleanupOptions {
  /**
   * Milliseconds between two turns, give or take a tenth. The first one comes at any time within the first period, so that
   * processes which start together do not delete together. At least 100, at most 20 days.
   */
  every: number;
  /** How many rows one statement deletes, at most. Default: 1000. At most 10,000. */
  batchSize?: number;
  /** Called after each turn that was this process's. The next turn waits for it. */
  onCleaned?: (deleted: DeletedRows) => void | Promise<void>;
  /** Called with what has failed; the next turn comes all the same. Default: a warning of the process */
  onError?: (error: unknown) => unknown;
}

/** A cleanup that goes on until it is stopped. */
export interface Cleanup {
  /**
   * Ends it after the statement that is under way. Calling it again does nothing.
   *
   * @throws ConfigurationError inside of a transaction, for which that statement may be waiting
   */
  stop(): Promise<void>;
}

/** A timer of Node.js waits for 24.8 days at most; with a longer delay it fires at once. */
const LONGEST = 20 * 86_400_000;

const RULES: Rules = {
  every: wholeNumber(100, 3_600_000, LONGEST),
  batchSize: wholeNumber(1, 1000, LARGEST_BATCH),
  onCleaned: someFunction,
  onError: someFunction,
};

const warn = (error: unknown) => warnOfFailure("startCleanup", error);

/** A function of the app's that fails must not end the process. */
async function tellError(
  onError: NonNullable<CleanupOptions["onError"]>,
  error: unknown,
): Promise<undefined> {
  try {
    await onError(error);
  } catch (failure) {
    warnOfFailure("The function onError of startCleanup", failure);
  }
}

type Clean = (settings: DeleteExpiredOptions) => Promise<DeletedRows>;

/** The cleanups of one factory. */
export class Cleanups {
  readonly #db: AnyKysely;
  readonly #spec: DialectSpec;
  readonly #pool: OpenedPool;
  readonly #clean: Clean;
  readonly #closing = new AbortController();

  constructor(db: AnyKysely, spec: DialectSpec, pool: OpenedPool, clean: Clean) {
    this.#db = db;
    this.#spec = spec;
    this.#pool = pool;
    this.#clean = clean;
  }

  start(options: CleanupOptions): Cleanup {
    checkCallOptions("startCleanup", options, RULES);
    if (options?.every === undefined) {
      throw new ConfigurationError(
        "startCleanup was not told how often. Expected, for example, `startCleanup({ every: 3_600_000 })`, once an hour.",
      );
    }
    const stopping = new AbortController();
    const signal = AbortSignal.any([stopping.signal, this.#closing.signal]);
    // Of what has begun, only the database's part is waited for: the app's functions may call this themselves.
    let working: Promise<DeletedRows | undefined> | undefined;
    void this.#goOn(options, signal, () => {
      working = this.#turn(options, signal);
      return working;
    });
    return {
      stop: async () => {
        // What is under way may wait for the connection of that transaction.
        refuseInside(this.#pool.pool, "`stop` of a cleanup");
        stopping.abort();
        await working?.catch(() => {});
      },
    };
  }

  /** Ends all of them, without waiting. */
  stop(): void {
    this.#closing.abort();
  }

  /** Never rejects. */
  async #goOn(
    { every, onCleaned, onError = warn }: CleanupOptions,
    signal: AbortSignal,
    turn: () => Promise<DeletedRows | undefined>,
  ): Promise<void> {
    let pause = every * Math.random();
    for (;;) {
      await delay(pause, undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted) return;
      // What was interrupted has not failed.
      const deleted = await turn().catch((error: unknown) =>
        signal.aborted ? undefined : tellError(onError, error),
      );
      try {
        if (deleted) await onCleaned?.(deleted);
      } catch (error) {
        await tellError(onError, error);
      }
      pause = every * (0.9 + 0.2 * Math.random());
    }
  }

  /** Undefined where another process is at it. */
  async #turn(
    { batchSize }: CleanupOptions,
    signal: AbortSignal,
  ): Promise<DeletedRows | undefined> {
    let deleted: DeletedRows | undefined;
    await this.#alone(async () => {
      deleted = await this.#clean({ signal, ...(batchSize !== undefined && { batchSize }) });
    });
    return deleted;
  }

  /** Does the work unless another process is at it. */
  async #alone(work: () => Promise<void>): Promise<void> {
    const { lock, unlock } = this.#spec;
    // On a pool of one connection, the work would wait for the one that has the lock.
    if (!lock || !this.#pool.hasConnectionToSpare) return await work();

    let isOver = () => {};
    const over = new Promise<void>((resolve) => {
      isOver = resolve;
    });
    // The work is not a part of this transaction, in whose async context its queries would be refused.
    let holder: Promise<void> | undefined;
    const isLocked = await new Promise<boolean>((resolve, reject) => {
      holder = beginTransaction(this.#db, this.#spec).execute(async (trx) => {
        const queries = trx.withoutPlugins();
        const isMine = await lock(queries, "cleanup", 0);
        resolve(isMine);
        if (!isMine) return;
        await over;
        await unlock?.(queries, "cleanup");
      });
      holder.catch(reject);
    });
    try {
      if (isLocked) await work();
    } finally {
      isOver();
      await holder;
    }
  }
}

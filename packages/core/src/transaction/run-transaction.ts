import { type DatabaseConnection, type Dialect, type Kysely, Transaction } from "kysely";
import { ConfigurationError } from "../configuration-error.js";
import type { DialectSpec } from "../dialect-spec.js";
import { orAborted } from "./abort.js";
import { repeated } from "./attempts.js";
import {
  type CallingTransaction,
  callers,
  type OurTransaction,
  openCaller,
  openCallerOn,
} from "./caller.js";
import { leaseOf } from "./lease.js";
import type { TransactionOptions } from "./options.js";
import { refusingDriver } from "./refusing-driver.js";
import { inSavepoint } from "./savepoint.js";
import { Turns } from "./turns.js";

/** What is done in a transaction. `attempt` counts from 1. */
type Work<DB, T> = (trx: Transaction<DB>, attempt: number) => Promise<T>;

/** Runs work in a transaction, or in a savepoint of the one that it is called in. */
export type RunTransaction<DB> = <T>(work: Work<DB, T>, options?: TransactionOptions) => Promise<T>;

/**
 * Transactions on a pool.
 *
 * @param db on that pool, with the app's plugins
 * @param pool as `guardTransactions` knows it
 */
export function transactionsOn<DB>(
  db: Kysely<DB>,
  dialect: Dialect,
  pool: unknown,
  spec: DialectSpec,
): RunTransaction<DB> {
  /** Calls the work with Kysely on this connection, and lets nothing pass once it is done. */
  const callOn = async <T>(
    connection: DatabaseConnection,
    work: Work<DB, T>,
    facts: Pick<OurTransaction, "attempt" | "isolationLevel">,
    around: Turns | undefined,
    signal: AbortSignal | undefined,
  ): Promise<T> => {
    signal?.throwIfAborted();
    const lease = leaseOf(connection);
    const begun = lease.underway.mark();
    const turns = new Turns(connection, around);
    const caller: CallingTransaction = {
      pool,
      ours: { turns, attempt: facts.attempt, isolationLevel: facts.isolationLevel },
      around: openCaller(),
      state: "open",
    };
    const executor = db.getExecutor().withConnectionProvider(turns);
    const trx = new Transaction<DB>({
      config: { dialect },
      dialect,
      driver: refusingDriver,
      executor,
    });
    const signals = [signal, around?.isCut];
    try {
      const done = callers.run(caller, async () => await work(trx, facts.attempt));
      const result = await orAborted(done, signals);
      turns.close();
      // What the work has not awaited.
      await lease.underway.endStreams();
      await orAborted(lease.underway.waitFor(begun), signals);
      return result;
    } catch (error) {
      caller.state = "undone";
      turns.cut();
      await lease.underway.endStreams();
      await lease.underway.waitFor(begun);
      throw error;
    } finally {
      turns.close();
      if (caller.state === "open") caller.state = "done";
    }
  };

  const begin = <T>(
    work: Work<DB, T>,
    { isolationLevel, retries = 0, signal }: TransactionOptions,
  ): Promise<T> =>
    repeated(spec, { retries, on: ["serialization_failure", "busy"], signal }, (attempt) => {
      const builder = db.transaction();
      let hasBegun = false;
      const run = (isolationLevel ? builder.setIsolationLevel(isolationLevel) : builder).execute(
        (trx) =>
          trx.getExecutor().provideConnection((connection) => {
            hasBegun = true;
            return callOn(connection, work, { attempt, isolationLevel }, undefined, signal);
          }),
      );
      // While it waits for a connection; from then on `callOn` sees to it.
      return orAborted(run, [signal], () => !hasBegun);
    });

  const nest = <T>(
    ours: OurTransaction,
    work: Work<DB, T>,
    { isolationLevel, signal }: TransactionOptions,
  ): Promise<T> => {
    if (isolationLevel !== undefined && isolationLevel !== ours.isolationLevel) {
      const around = ours.isolationLevel ? `"${ours.isolationLevel}"` : "the database's own";
      throw new ConfigurationError(
        `A transaction with the isolation level "${isolationLevel}" was begun inside of one with ${around}, of ` +
          "which it becomes a savepoint. Give the isolation level to the one around.",
      );
    }
    let hasBegun = false;
    const run = ours.turns.provideConnection((connection) => {
      hasBegun = true;
      signal?.throwIfAborted();
      return inSavepoint(connection, () => callOn(connection, work, ours, ours.turns, signal));
    });
    return orAborted(run, [signal], () => !hasBegun);
  };

  return async (work, options = {}) => {
    const caller = openCallerOn(pool);
    if (!caller) return await begin(work, options);
    if (caller.ours) return await nest(caller.ours, work, options);
    throw new ConfigurationError(
      "`transaction` was called inside of a transaction that Kysely has begun, `db.transaction()`. Begin the " +
        "outer one with `transaction` as well, or take `authOn(trx)` for its `auth`.",
    );
  };
}

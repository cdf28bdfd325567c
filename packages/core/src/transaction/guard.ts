import type { DatabaseConnection, Dialect, Driver } from "kysely";
import { ConfigurationError } from "../configuration-error.js";
import type { OpenedPool } from "../dialect-spec.js";
import { type CallingTransaction, callers, openCaller, openCallerOn } from "./caller.js";
import { Lease, leaseOf } from "./lease.js";

/**
 * Makes transactions of a dialect safe to use beside each other and to close:
 *
 * - The outer `db` and `auth` are refused to code that was called from an open transaction. Their
 *   queries would be outside of it, and wait for ever where it holds the last connection.
 * - A query that is sent after its transaction has ended is refused, see {@link Lease}.
 * - Closing waits for connections that are in use, and for those who wait for one.
 */
export function guardTransactions({ dialect, pool }: OpenedPool): Dialect {
  return {
    createDriver: () => guardDriver(dialect.createDriver(), pool),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
  };
}

function guardDriver(driver: Driver, pool: unknown): Driver {
  const transactions = new WeakMap<Lease, CallingTransaction>();
  let inUse = 0;
  let allReleased = () => {};

  const countRelease = () => {
    inUse -= 1;
    if (inUse === 0) allReleased();
  };

  const lend = (connection: DatabaseConnection) => new Lease(connection);
  const failed = (error: unknown) => {
    countRelease();
    throw error;
  };

  const end = (connection: DatabaseConnection, ending: () => Promise<void>) => {
    const lease = leaseOf(connection);
    const transaction = transactions.get(lease);
    if (transaction) transaction.open = false;
    return lease.end(ending);
  };

  return {
    init: (...options) => driver.init(...options),

    // These two are not `async`, which would make two more promises of each query.
    acquireConnection: (...options) => {
      refuseInside(pool);
      inUse += 1;
      return driver.acquireConnection(...options).then(lend, failed);
    },

    beginTransaction: async (connection, settings) => {
      const transaction = { pool, ours: undefined, around: openCaller(), open: true };
      transactions.set(leaseOf(connection), transaction);
      // Before anything is awaited, so that it reaches what Kysely calls next, and that alone.
      callers.enterWith(transaction);
      await driver.beginTransaction(connection, settings);
      leaseOf(connection).begun();
    },

    commitTransaction: async (connection) => {
      await leaseOf(connection).prepareCommit();
      await end(connection, () => driver.commitTransaction(connection));
    },
    // A connection that cannot roll back is lost, and the transaction with it: the driver does not hand
    // it out again. Thrown on, this error would take the place of the one that made Kysely roll back.
    rollbackTransaction: async (connection) => {
      await leaseOf(connection).underway.endStreams();
      await end(connection, () => driver.rollbackTransaction(connection)).catch(() => {});
    },
    ...(driver.savepoint && { savepoint: driver.savepoint.bind(driver) }),
    ...(driver.rollbackToSavepoint && {
      rollbackToSavepoint: driver.rollbackToSavepoint.bind(driver),
    }),
    ...(driver.releaseSavepoint && { releaseSavepoint: driver.releaseSavepoint.bind(driver) }),

    releaseConnection: (connection, ...options) => {
      const lease = leaseOf(connection);
      const transaction = transactions.get(lease);
      if (transaction) transaction.open = false;
      return driver.releaseConnection(lease.giveBack(), ...options).then(countRelease, failed);
    },

    destroy: async (...options) => {
      refuseInside(pool);
      if (inUse > 0) {
        await new Promise<void>((resolve) => {
          allReleased = resolve;
        });
      }
      await driver.destroy(...options);
    },
  };
}

function refuseInside(pool: unknown): void {
  if (!callers.getStore() || !openCallerOn(pool)) return;
  // Far enough to show where in the app it was: Kysely and we have some frames in between.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = Math.max(stackTraceLimit, 50);
  try {
    throw new ConfigurationError(USED_INSIDE);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

const USED_INSIDE =
  "The outer `db`, `auth` or `close` was used inside a transaction. Its queries would be outside " +
  "of the transaction, or wait for the connection that the transaction holds. Inside of " +
  "`transaction(async ({ db, auth }) => …)` use the `db` and `auth` that it gives you. To use `auth` in " +
  "a transaction that Kysely has begun, `db.transaction()`, take `authOn(trx)`.";

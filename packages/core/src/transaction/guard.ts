import type {
  ConnectionProvider,
  DatabaseConnection,
  Driver,
  LogEvent,
  TransactionSettings,
} from "kysely";
import { ConfigurationError } from "../configuration-error.js";
import type { OpenedPool } from "../dialect-spec.js";
import { RELEASED } from "../driver.js";
import { type CallingTransaction, callers, openCaller, openCallerOn } from "./caller.js";
import { Lease, leaseOf } from "./lease.js";
import { LoggedLease } from "./logged-lease.js";
import { refusingDriver } from "./refusing-driver.js";

/** Runs statements that are each awaited in a transaction of their own. */
export type Transact = <T>(
  settings: TransactionSettings,
  work: (connection: DatabaseConnection) => Promise<T>,
) => Promise<T>;

export interface Guarded {
  /** What Kysely asks for connections. */
  readonly connections: ConnectionProvider;
  /** What Kysely begins and ends transactions with, and ends itself. */
  readonly driver: Driver;
  /** For core's own transactions. Kysely's allow for queries that an app does not await, and take longer. */
  readonly transact: Transact;
}

/**
 * Makes transactions of a dialect safe to use beside each other and to close:
 *
 * - The outer `db` and `auth` are refused to code that was called from an open transaction. Their
 *   queries would be outside of it, and wait for ever where it holds the last connection.
 * - A query that is sent after its transaction has ended is refused, see {@link Lease}.
 * - Closing waits for connections that are in use, and for those who wait for one, and closes the pool, which
 *   Kysely leaves open where it was never asked anything.
 *
 * It stands in for what Kysely puts around a driver, which takes twice as many promises for each query.
 *
 * @param log is told every query
 */
export function guardTransactions(
  { dialect, pool, close }: OpenedPool,
  log: ((event: LogEvent) => Promise<void>) | undefined,
): Guarded {
  const driver = dialect.createDriver();
  const lend = (connection: DatabaseConnection) =>
    log ? new LoggedLease(connection, log) : new Lease(connection);
  let initialized: Promise<void> | undefined;
  let isReady = false;
  let destroyed: Promise<void> | undefined;
  let inUse = 0;
  let allReleased = () => {};

  /** As often as it takes: a failure may pass. */
  const initialize = async () => {
    initialized ??= driver.init();
    try {
      await initialized;
      isReady = true;
    } finally {
      if (!isReady) initialized = undefined;
    }
  };

  const destroy = async () => {
    if (inUse > 0) {
      await new Promise<void>((resolve) => {
        allReleased = resolve;
      });
    }
    if (isReady) await driver.destroy();
    await close();
  };

  const end = (connection: DatabaseConnection, ending: () => Promise<void>) => {
    const lease = leaseOf(connection);
    lease.leaveTransaction();
    return lease.end(ending);
  };

  const provideConnection: ConnectionProvider["provideConnection"] = async (use) => {
    refuseInside(pool);
    if (destroyed) throw new Error("driver has already been destroyed");
    inUse += 1;
    try {
      if (!isReady) await initialize();
      const lease = lend(await driver.acquireConnection());
      try {
        return await use(lease);
      } finally {
        const released = driver.releaseConnection(lease.giveBack());
        if (released !== RELEASED) await released;
      }
    } finally {
      inUse -= 1;
      if (inUse === 0) allReleased();
    }
  };

  /** Who is called from now on belongs to a transaction on this connection. */
  const enter = (connection: DatabaseConnection): void => {
    const transaction: CallingTransaction = {
      pool,
      ours: undefined,
      around: openCaller(),
      open: true,
    };
    leaseOf(connection).enterTransaction(transaction);
    callers.enterWith(transaction);
  };

  return {
    connections: { provideConnection },

    transact: (settings, work) =>
      provideConnection(async (connection) => {
        enter(connection);
        await driver.beginTransaction(connection, settings);
        try {
          const result = await work(connection);
          await driver.commitTransaction(connection);
          return result;
        } catch (error) {
          await driver.rollbackTransaction(connection).catch(() => {});
          throw error;
        }
      }),

    driver: {
      ...refusingDriver,

      beginTransaction: async (connection, settings) => {
        // Before anything is awaited, so that it reaches what Kysely calls next, and that alone.
        enter(connection);
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

      destroy: async () => {
        refuseInside(pool);
        destroyed ??= destroy().catch((error) => {
          destroyed = undefined;
          throw error;
        });
        await destroyed;
      },
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

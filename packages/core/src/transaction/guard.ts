import type { DatabaseConnection, Driver, TransactionSettings } from "kysely";
import type { OpenedPool } from "../dialect-spec.js";
import type { QueryLog } from "../query-log.js";
import { type CallingTransaction, callers, openCaller } from "./caller.js";
import { Connections } from "./connections.js";
import { leaseOf } from "./lease.js";
import { refusingDriver } from "./refusing-driver.js";

/** Runs work in a transaction of its own. The work awaits each of its statements. */
export type Transact = <T>(
  settings: TransactionSettings,
  work: (connection: DatabaseConnection) => Promise<T>,
) => Promise<T>;

/** What Kysely is put together with. */
export interface Guarded {
  /** What Kysely asks for connections. */
  readonly connections: Connections;
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
 * - Closing waits for connections that are in use.
 */
export function guardTransactions(opened: OpenedPool, log: QueryLog | undefined): Guarded {
  const driver = opened.dialect.createDriver();
  const connections = new Connections(driver, opened, log);

  /** Who is called from now on belongs to a transaction on this connection. */
  const enter = (connection: DatabaseConnection): void => {
    const { pool } = opened;
    const around = openCaller();
    const transaction: CallingTransaction = { pool, ours: undefined, around, state: "open" };
    leaseOf(connection).enterTransaction(transaction);
    callers.enterWith(transaction);
  };

  const end = (connection: DatabaseConnection, ending: () => Promise<void>) => {
    const lease = leaseOf(connection);
    lease.leaveTransaction();
    return lease.end(ending);
  };

  return {
    connections,

    transact: (settings, work) =>
      connections.provideConnection(async (connection) => {
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
      // For what Kysely does not ask of it: it gets its connections from above.
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

      destroy: () => connections.close(),
    },
  };
}

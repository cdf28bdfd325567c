import { AsyncLocalStorage } from "node:async_hooks";
import { ConfigurationError } from "@kysely-lucia/core";
import type { Database } from "better-sqlite3";
import {
  CompiledQuery,
  type DatabaseConnection,
  SqliteAdapter as KyselySqliteAdapter,
  SqliteDriver as KyselySqliteDriver,
  type TransactionSettings,
} from "kysely";

/** A transaction that running code was called from, and the one around it on another database. */
interface CallingTransaction {
  readonly driver: SqliteDriver;
  readonly around: CallingTransaction | undefined;
  open: boolean;
}

const callers = new AsyncLocalStorage<CallingTransaction | "none">();
// Node 20 follows promises from the first use of a storage on. Were that the first transaction, it
// would be taken for the caller of all that was under way by then.
callers.run("none", () => {});

function isCalledFrom(driver: SqliteDriver): boolean {
  for (let caller = callingTransaction(); caller; caller = caller.around) {
    if (caller.open && caller.driver === driver) return true;
  }
  return false;
}

function callingTransaction(): CallingTransaction | undefined {
  const caller = callers.getStore();
  return caller === "none" ? undefined : caller;
}

/** Kysely's driver for better-sqlite3, with transactions that are safe to write in. */
export class SqliteDriver extends KyselySqliteDriver {
  readonly #database: Database;
  /** Settles when those who came before have released the one connection. */
  #turn: Promise<void> = Promise.resolve();
  #release: () => void = () => {};
  #transaction: CallingTransaction | undefined;

  constructor(database: Database) {
    super({ database });
    this.#database = database;
  }

  /**
   * Hands out the one connection in the order in which it was asked for, but not to code that was
   * called from the transaction that holds it: it would wait for itself.
   *
   * @throws ConfigurationError where a transaction waits for a query that is outside of it
   */
  override async acquireConnection(): Promise<DatabaseConnection> {
    if (isCalledFrom(this)) throw selfDeadlock();
    const turn = this.#turn;
    let release = () => {};
    this.#turn = new Promise((resolve) => {
      release = resolve;
    });
    await turn;
    this.#release = release;
    return super.acquireConnection();
  }

  override async releaseConnection(): Promise<void> {
    if (this.#transaction) this.#transaction.open = false;
    await super.releaseConnection();
    this.#release();
  }

  /**
   * Takes the write lock at once. A transaction that begins by reading and asks for the lock later
   * fails without being able to wait where another process has written in between.
   */
  override async beginTransaction(
    connection: DatabaseConnection,
    settings?: TransactionSettings,
  ): Promise<void> {
    const begin = settings?.accessMode === "read only" ? "begin" : "begin immediate";
    this.#transaction = { driver: this, around: callingTransaction(), open: true };
    // Before anything is awaited, so that it holds for what Kysely calls next, and for that alone.
    callers.enterWith(this.#transaction);
    await connection.executeQuery(CompiledQuery.raw(begin));
  }

  /** SQLite has rolled back already after some errors, such as a full disk. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection);
  }

  /** Closes after all who wait for the connection have had it. */
  override async destroy(): Promise<void> {
    await this.acquireConnection();
    await super.destroy();
    await this.releaseConnection();
  }
}

function selfDeadlock(): ConfigurationError {
  return new ConfigurationError(
    "The outer `db` or `auth` was used inside a transaction. SQLite has one connection, which the " +
      "transaction holds, so the two would wait for each other for ever. Inside of " +
      "`transaction(async ({ db, auth }) => …)` use the `db` and `auth` that it gives you; to use " +
      "`auth` beside Kysely's own `db.transaction()`, use `transaction` in its place.",
  );
}

/** Kysely 0.29 keeps a queue of its own for databases with one connection; the driver's is enough. */
export class SqliteAdapter extends KyselySqliteAdapter {
  get supportsMultipleConnections(): boolean {
    return true;
  }
}

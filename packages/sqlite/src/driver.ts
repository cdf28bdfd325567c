import { ConfigurationError, PoolDriver, RELEASED } from "@kysely-lucia/core";
import type { DatabaseConnection, TransactionSettings } from "kysely";
import { SqliteConnection } from "./connection.js";
import { type ConnectionQueue, queueFor } from "./connection-queue.js";
import type { SqliteDatabase } from "./sqlite-database.js";

/** Kysely's driver for one better-sqlite3 database, with transactions that are safe to write in. */
export class SqliteDriver extends PoolDriver {
  readonly #database: SqliteDatabase;
  readonly #queue: ConnectionQueue;
  readonly #connection: SqliteConnection;
  readonly #connected: Promise<DatabaseConnection>;

  constructor(database: SqliteDatabase) {
    super();
    this.#database = database;
    this.#queue = queueFor(database);
    this.#connection = new SqliteConnection(database, this.#queue);
    this.#connected = Promise.resolve(this.#connection);
  }

  /**
   * Hands out the one connection in the order in which it was asked for, and with no transaction open. Mostly that
   * is at once, and takes no promise of its own.
   */
  acquireConnection(): Promise<DatabaseConnection> {
    const turn = this.#queue.enter();
    return turn || this.#queue.inTransaction ? this.#takeOver(turn) : this.#connected;
  }

  async #takeOver(turn: Promise<void> | undefined): Promise<DatabaseConnection> {
    await turn;
    try {
      await this.#leaveTransaction();
      return this.#connection;
    } catch (error) {
      this.#queue.leave();
      throw error;
    }
  }

  /** What cannot be rolled back now, because a query is being read on the raw handle, can be later. */
  releaseConnection(): Promise<void> {
    const leave = () => this.#queue.leave();
    if (this.#queue.inTransaction) return this.#leaveTransaction().then(leave, leave);
    if (this.#connection.hasBegun) return this.#endLeftOpen().finally(leave);
    leave();
    return RELEASED;
  }

  /** In a transaction that a query has left open, everybody else's writes would be lost with it. */
  async #endLeftOpen(): Promise<void> {
    this.#connection.hasBegun = false;
    if (!this.#database.open || !this.#database.inTransaction) return;
    await this.rollbackTransaction(this.#connection);
    throw new ConfigurationError(LEFT_OPEN);
  }

  /** Ends a transaction that was left open. */
  async #leaveTransaction(): Promise<void> {
    if (this.#queue.inTransaction) await this.rollbackTransaction(this.#connection);
  }

  /**
   * Takes the write lock at once. A transaction that begins by reading and asks for the lock later
   * fails without being able to wait where another process has written in between.
   */
  protected beginning({ accessMode }: TransactionSettings): readonly string[] {
    return [accessMode === "read only" ? "begin" : "begin immediate"];
  }

  override async beginTransaction(
    connection: DatabaseConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    await super.beginTransaction(connection, settings);
    this.#queue.inTransaction = true;
    this.#connection.hasBegun = false;
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await super.commitTransaction(connection);
    this.#queue.inTransaction = false;
  }

  /** SQLite has rolled back already after some errors, such as a full disk. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.open && this.#database.inTransaction) {
      await super.rollbackTransaction(connection);
    }
    this.#queue.inTransaction = false;
  }
}

const LEFT_OPEN =
  "A query has begun a transaction (BEGIN or SAVEPOINT), which was still open when the connection was given back, and was " +
  "rolled back: on the one connection of SQLite, what others write would have become a part of it. Use `transaction` " +
  "or `db.transaction()`, or end it inside of the same `db.connection()`.";

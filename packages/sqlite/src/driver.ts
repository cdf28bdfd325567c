import type { Database } from "better-sqlite3";
import {
  CompiledQuery,
  type DatabaseConnection,
  SqliteDriver as KyselySqliteDriver,
  type TransactionSettings,
} from "kysely";

/** Kysely's driver for better-sqlite3, with transactions that are safe to write in. */
export class SqliteDriver extends KyselySqliteDriver {
  readonly #database: Database;

  constructor(database: Database) {
    super({ database });
    this.#database = database;
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
    await connection.executeQuery(CompiledQuery.raw(begin));
  }

  /** SQLite has rolled back already after some errors, such as a full disk. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection);
  }

  /** Waits for its turn, so that an open transaction ends as its owner wants it to. */
  override async destroy(): Promise<void> {
    await this.acquireConnection();
    await super.destroy();
  }
}

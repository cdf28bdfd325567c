import { ConfigurationError, extendStack, TransactionOverError } from "@kysely-lucia/core";
import type { CompiledQuery, DatabaseConnection, QueryResult } from "kysely";
import type { ConnectionQueue } from "./connection-queue.js";
import type { SqliteDatabase } from "./sqlite-database.js";
import { StatementCache } from "./statement-cache.js";

/** The one connection of a better-sqlite3 database, for Kysely. */
export class SqliteConnection implements DatabaseConnection {
  readonly #database: SqliteDatabase;
  readonly #statements: StatementCache;
  readonly #queue: ConnectionQueue;
  /** Whether a query has begun the transaction that is open. */
  hasBegun = false;

  constructor(database: SqliteDatabase, queue: ConnectionQueue) {
    this.#database = database;
    this.#queue = queue;
    this.#statements = new StatementCache(database);
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    this.#refuseAfterEnd();
    try {
      const { statement, returnsRows } = this.#statements.prepare(sql);
      if (returnsRows) return { rows: statement.all(parameters) as Row[] };
      const wasInside = this.#database.inTransaction;
      const { changes, lastInsertRowid } = statement.run(parameters);
      if (!wasInside && this.#database.inTransaction) this.hasBegun = true;
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
    } catch (error) {
      throw extendStack(error);
    }
  }

  async *streamQuery<Row>({
    sql,
    parameters,
  }: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    this.#refuseAfterEnd();
    const statement = this.#database.prepare(sql);
    if (!statement.reader)
      throw new ConfigurationError("Only a query that returns rows can be streamed.");
    for (const row of statement.iterate(parameters)) yield { rows: [row as Row] };
  }

  /**
   * Refuses what would be written outside of the transaction that it was meant for, and stay there
   * when that one fails.
   */
  #refuseAfterEnd(): void {
    if (this.#queue.inTransaction && !this.#database.inTransaction) {
      throw new TransactionOverError(
        "SQLite has rolled it back after an earlier error, or the raw handle has ended it",
      );
    }
  }
}

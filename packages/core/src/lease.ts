// Taken at once, so that an app that fakes timers in its tests does not stop transactions.
import { setImmediate } from "node:timers";
import type { CompiledQuery, DatabaseConnection, QueryResult } from "kysely";

/**
 * A connection for as long as one holder has it.
 *
 * Kysely sends COMMIT and ROLLBACK past the queries of a transaction that still wait for their turn,
 * and lets those through afterwards: they would then be written outside of any transaction, or open
 * one that nobody ends. Here only the ending itself passes from the moment it is sent.
 */
export class Lease implements DatabaseConnection {
  readonly connection: DatabaseConnection;
  #isTooLate = false;

  constructor(connection: DatabaseConnection) {
    this.connection = connection;
  }

  /**
   * Runs what ends a transaction. A driver sends its one statement before it awaits anything, so that
   * it passes; whatever still waits for its turn does not. That comes at the latest when all promises of
   * this turn of the event loop are through. The connection can then be used further, as Kysely's
   * `db.connection()` does.
   */
  async end(ending: () => Promise<void>): Promise<void> {
    this.#isTooLate = false;
    const ended = ending();
    this.#isTooLate = true;
    try {
      await ended;
    } finally {
      await new Promise<void>((resolve) => setImmediate(resolve));
      this.#isTooLate = false;
    }
  }

  /** Gives the connection back. Nothing passes any more. */
  giveBack(): DatabaseConnection {
    this.#isTooLate = true;
    return this.connection;
  }

  // Kysely 0.29 passes options that the types of 0.28 do not have.
  async executeQuery<Row>(query: CompiledQuery, ...options: unknown[]): Promise<QueryResult<Row>> {
    this.#refuseTooLate();
    return this.connection.executeQuery<Row>(query, ...(options as []));
  }

  streamQuery<Row>(
    query: CompiledQuery,
    chunkSize: number,
    ...options: unknown[]
  ): AsyncIterableIterator<QueryResult<Row>> {
    this.#refuseTooLate();
    return this.connection.streamQuery<Row>(query, chunkSize, ...(options as []));
  }

  #refuseTooLate(): void {
    if (!this.#isTooLate) return;
    throw new Error(
      "This transaction has ended: the query was sent after it, and was not run. Await every call " +
        "inside of a transaction before it returns.",
    );
  }
}

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
  #ended = false;

  constructor(connection: DatabaseConnection) {
    this.connection = connection;
  }

  /**
   * Runs what ends the transaction. A driver sends its one statement before it awaits anything, so that
   * it passes; whatever comes later does not.
   */
  end(ending: () => Promise<void>): Promise<void> {
    this.#ended = false;
    const ended = ending();
    this.#ended = true;
    return ended;
  }

  async executeQuery<Row>(query: CompiledQuery, ...options: unknown[]): Promise<QueryResult<Row>> {
    this.#refuseAfterEnd();
    return this.connection.executeQuery<Row>(query, ...(options as []));
  }

  streamQuery<Row>(
    query: CompiledQuery,
    chunkSize: number,
    ...options: unknown[]
  ): AsyncIterableIterator<QueryResult<Row>> {
    this.#refuseAfterEnd();
    return this.connection.streamQuery<Row>(query, chunkSize, ...(options as []));
  }

  #refuseAfterEnd(): void {
    if (!this.#ended) return;
    throw new Error(
      "This transaction has ended: the query was sent after it, and was not run. Await every call " +
        "inside of a transaction before it returns.",
    );
  }
}

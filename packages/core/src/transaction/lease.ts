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
  readonly #pieces = new Set<Promise<unknown>>();
  #isEnding = false;
  #isTooLate = false;

  constructor(connection: DatabaseConnection) {
    this.connection = connection;
  }

  /** Runs a piece of work that a COMMIT must not cut in two. */
  async whole<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isEnding) throw new Error(ENDED);
    const piece = work();
    this.#pieces.add(piece);
    try {
      return await piece;
    } finally {
      this.#pieces.delete(piece);
    }
  }

  /** Lets what was begun by `whole` come to its end, and nothing else of that kind begin. */
  async settle(): Promise<void> {
    this.#isEnding = true;
    await Promise.allSettled(this.#pieces);
  }

  /**
   * Runs what ends a transaction. A driver sends its one statement before it awaits anything, so that
   * it passes; whatever still waits for its turn does not. That comes at the latest when all promises of
   * this turn of the event loop are through. The connection can then be used further, as Kysely's
   * `db.connection()` does.
   */
  async end(ending: () => Promise<void>): Promise<void> {
    this.#isEnding = true;
    this.#isTooLate = false;
    const ended = ending();
    this.#isTooLate = true;
    try {
      await ended;
    } finally {
      await new Promise<void>((resolve) => setImmediate(resolve));
      this.#isTooLate = false;
      this.#isEnding = false;
    }
  }

  /** Gives the connection back. Nothing passes any more. */
  giveBack(): DatabaseConnection {
    this.#isEnding = true;
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
    if (this.#isTooLate) throw new Error(ENDED);
  }
}

/** What is said to a query that comes after its transaction. */
export const ENDED =
  "This transaction has ended: the query was sent after it, and was not run. Await every call inside " +
  "of a transaction before it returns.";

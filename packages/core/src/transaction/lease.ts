// Taken at once, so that an app that fakes timers in its tests does not stop transactions.
import { setImmediate } from "node:timers";
import type { CompiledQuery, DatabaseConnection, QueryResult } from "kysely";
import { ConfigurationError } from "../configuration-error.js";
import { type CallingTransaction, ENDED } from "./caller.js";
import { TransactionOverError } from "./over-error.js";
import { Underway } from "./underway.js";

/**
 * A connection for as long as one holder has it.
 *
 * Kysely sends COMMIT and ROLLBACK past the queries of a transaction that still wait for their turn,
 * and lets those through afterwards: they would then be written outside of any transaction, or open
 * one that nobody ends. Here only the ending itself passes from the moment it is sent.
 */
export class Lease implements DatabaseConnection {
  readonly #connection: DatabaseConnection;
  #underway: Underway | undefined;
  #transaction: CallingTransaction | undefined;
  #isInTransaction = false;
  #isEnding = false;
  #isTooLate = false;
  #over: Error | undefined;

  constructor(connection: DatabaseConnection) {
    this.#connection = connection;
  }

  /** What is under way. Made when it is asked for: most connections are lent for one query. */
  get underway(): Underway {
    this.#underway ??= new Underway();
    return this.#underway;
  }

  /** Runs a piece of work that a COMMIT must not cut in two. */
  async runWhole<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isEnding) throw new ConfigurationError(ENDED);
    return await this.underway.run(work);
  }

  /** Lets nothing pass any more but the end of the transaction, which cannot be committed. */
  breakOff(reason: string, cause: unknown): void {
    this.#over ??= new TransactionOverError(reason, cause);
  }

  /** Who is called from the transaction that begins on it belongs to it, until it is left. */
  enterTransaction(transaction: CallingTransaction): void {
    this.#transaction = transaction;
  }

  leaveTransaction(): void {
    if (this.#transaction) this.#transaction.state = "done";
  }

  /** A transaction has begun on it. Its own queries do not end it, nor begin another one. */
  begun(): void {
    this.#isInTransaction = true;
  }

  /** Waits for what is under way, and lets no piece of work begin. */
  async prepareCommit(): Promise<void> {
    this.#isEnding = true;
    await this.underway.endStreams();
    await this.underway.waitFor();
    if (this.#over) throw this.#over;
  }

  /**
   * Runs what ends a transaction. A driver sends its one statement before it awaits anything, so that
   * it passes; whatever still waits for its turn does not. That comes at the latest when all promises of
   * this turn of the event loop are through. The connection can then be used further, as Kysely's
   * `db.connection()` does.
   */
  async end(ending: () => Promise<void>): Promise<void> {
    this.#isInTransaction = false;
    this.#isEnding = true;
    this.#isTooLate = false;
    this.#over = undefined;
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
    this.leaveTransaction();
    this.#isEnding = true;
    this.#isTooLate = true;
    return this.#connection;
  }

  // Kysely 0.29 passes options that the types of 0.28 do not have.
  executeQuery<Row>(query: CompiledQuery, ...options: unknown[]): Promise<QueryResult<Row>> {
    if (!this.#isInTransaction && !this.#isTooLate && !this.#over) {
      try {
        return this.#connection.executeQuery<Row>(query, ...(options as []));
      } catch (error) {
        // Some drivers of others throw before there is a promise.
        return Promise.reject(error);
      }
    }
    return this.#executeInside(query, ...options);
  }

  async #executeInside<Row>(
    query: CompiledQuery,
    ...options: unknown[]
  ): Promise<QueryResult<Row>> {
    this.#refuse();
    if (CONTROL.test(query.sql)) throw new ConfigurationError(NOT_BY_QUERY);
    return await this.underway.run(() =>
      this.#connection.executeQuery<Row>(query, ...(options as [])),
    );
  }

  async *streamQuery<Row>(
    query: CompiledQuery,
    chunkSize: number,
    ...options: unknown[]
  ): AsyncIterableIterator<QueryResult<Row>> {
    this.#refuse();
    const stream = this.#connection.streamQuery<Row>(query, chunkSize, ...(options as []));
    yield* this.underway.read(stream, ENDED);
  }

  #refuse(): void {
    if (this.#isTooLate) throw new ConfigurationError(ENDED);
    if (this.#over) throw this.#over;
  }
}

/** The lease that a connection of a guarded dialect is. */
export function leaseOf(connection: DatabaseConnection): Lease {
  if (connection instanceof Lease) return connection;
  throw new TypeError("This connection is not one of the dialect that the factory has built.");
}

/** Statements that begin and end transactions. `rollback to` is about savepoints, `begin not atomic` a block. */
const CONTROL =
  /^\s*(commit|end|abort|rollback(?!.*\bto\b)|begin(?!\s+not\b)|start\s+transaction)\b/is;

const NOT_BY_QUERY =
  "A query of a transaction was to begin or end one (BEGIN, COMMIT, ROLLBACK and the like), and was not run. " +
  "A transaction is committed when its work returns, and rolled back when it throws. To undo a part of " +
  "it, put that part into a `transaction` of its own.";

import type { SqliteDatabase } from "./sqlite-database.js";

/** Those who wait for the one connection of a database, in the order in which they came, and what it is in. */
export class ConnectionQueue {
  /** Whether a transaction was begun by whoever has had the connection, and neither committed nor rolled back. */
  inTransaction = false;
  readonly #waiting: (() => void)[] = [];
  #isTaken = false;

  /** Resolves when it is one's turn; undefined where that is at once. */
  enter(): Promise<void> | undefined {
    if (this.#isTaken) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#isTaken = true;
    return undefined;
  }

  leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#isTaken = false;
  }
}

const QUEUE = Symbol.for("@kysely-lucia/sqlite/connection-queue");

/**
 * The queue of a database. It is kept with the database, so that two factories on one handle, as hot
 * reloading makes them, do not write into each other's transactions.
 */
export function queueFor(
  database: SqliteDatabase & { [QUEUE]?: ConnectionQueue },
): ConnectionQueue {
  database[QUEUE] ??= new ConnectionQueue();
  return database[QUEUE];
}

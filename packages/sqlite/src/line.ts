import type { SqliteDatabase } from "./sqlite-database.js";

/** Those who wait for the one connection of a database, in the order in which they came. */
export class Line {
  /** Settles when the last in line has left. */
  #last: Promise<void> = Promise.resolve();
  #leave: () => void = () => {};

  /** Resolves when it is one's turn. */
  async enter(): Promise<void> {
    const before = this.#last;
    let leave = () => {};
    this.#last = new Promise((resolve) => {
      leave = resolve;
    });
    await before;
    this.#leave = leave;
  }

  leave(): void {
    this.#leave();
  }
}

const LINE = Symbol.for("@kysely-lucia/sqlite/line");

/**
 * The line of a database. It is kept with the database, so that two factories on one handle, as hot
 * reloading makes them, do not write into each other's transactions.
 */
export function lineFor(database: SqliteDatabase & { [LINE]?: Line }): Line {
  database[LINE] ??= new Line();
  return database[LINE];
}

import type { ConnectionProvider, DatabaseConnection } from "kysely";
import { openCaller } from "./caller.js";
import { ENDED } from "./lease.js";

/**
 * Gives the queries of a transaction, or of a savepoint in it, their turn on its connection, one after
 * another, for Kysely. A savepoint takes a turn of what it is in for as long as it lasts.
 */
export class Turns implements ConnectionProvider {
  readonly #connection: DatabaseConnection;
  readonly #around: Turns | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #isOver = false;

  /** @param around what the savepoint is in */
  constructor(connection: DatabaseConnection, around?: Turns) {
    this.#connection = connection;
    this.#around = around;
  }

  /**
   * What is called from inside of a savepoint belongs to it, also where it uses the `db` of the
   * transaction around: there it would wait for the end of the savepoint, which waits for it.
   */
  provideConnection<T>(consumer: (connection: DatabaseConnection) => Promise<T>): Promise<T> {
    const calledFrom = openCaller()?.ours?.turns;
    const turns = calledFrom?.isWithin(this) ? calledFrom : this;
    return turns.#take(consumer);
  }

  /** Nothing begins any more. */
  end(): void {
    this.#isOver = true;
  }

  isWithin(other: Turns): boolean {
    return this === other || (this.#around?.isWithin(other) ?? false);
  }

  #take<T>(consumer: (connection: DatabaseConnection) => Promise<T>): Promise<T> {
    const turn = this.#last.then(() => {
      if (this.#isOver) throw new Error(ENDED);
      return consumer(this.#connection);
    });
    this.#last = turn.catch(() => {});
    return turn;
  }
}

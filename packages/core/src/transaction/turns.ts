import type { ConnectionProvider, DatabaseConnection } from "kysely";
import { ConfigurationError } from "../configuration-error.js";
import { ENDED, openCallerOf } from "./caller.js";

/**
 * Gives the queries of a transaction, or of a savepoint in it, their turn on its connection, one after
 * another, for Kysely. A savepoint takes a turn of what it is in for as long as it lasts.
 */
export class Turns implements ConnectionProvider {
  readonly #connection: DatabaseConnection;
  /** What the savepoint is in. */
  readonly around: Turns | undefined;
  readonly #cut = new AbortController();
  #last: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(connection: DatabaseConnection, around?: Turns) {
    this.#connection = connection;
    this.around = around;
  }

  /**
   * What is called from inside of a savepoint belongs to it, also where it uses the `db` of the
   * transaction around: there it would wait for the end of the savepoint, which waits for it.
   */
  provideConnection<T>(consumer: (connection: DatabaseConnection) => Promise<T>): Promise<T> {
    const caller = openCallerOf(({ ours }) => ours !== undefined && isWithin(ours.turns, this));
    return (caller?.ours?.turns ?? this).#take(consumer);
  }

  /** Nothing begins any more; savepoints that are at work go on. */
  close(): void {
    this.#isClosed = true;
  }

  /** Nothing passes any more, nor in savepoints inside. */
  cut(): void {
    this.#cut.abort(new ConfigurationError(ENDED));
  }

  /** Aborted when this one is cut. */
  get isCut(): AbortSignal {
    return this.#cut.signal;
  }

  // Written with `await`, so that the stack of an error shows where the query was sent.
  async #take<T>(consumer: (connection: DatabaseConnection) => Promise<T>): Promise<T> {
    const before = this.#last;
    let leave = () => {};
    this.#last = new Promise((resolve) => {
      leave = resolve;
    });
    await before;
    try {
      if (this.#isClosed) throw new ConfigurationError(ENDED);
      for (const turns of outwards(this)) turns.isCut.throwIfAborted();
      return await consumer(this.#connection);
    } finally {
      leave();
    }
  }
}

/** The line of a savepoint, of the one around it, and so on to the one of the transaction. */
function* outwards(from: Turns): Iterable<Turns> {
  for (let turns: Turns | undefined = from; turns; turns = turns.around) yield turns;
}

function isWithin(inner: Turns, outer: Turns): boolean {
  for (const turns of outwards(inner)) if (turns === outer) return true;
  return false;
}

import type { QueryResult } from "kysely";
import { ConfigurationError } from "../configuration-error.js";

type Stream<Row> = AsyncIterableIterator<QueryResult<Row>>;

/** Queries, pieces of work and streams that are under way on one connection. */
export class Underway {
  /** By the number at which they have begun. */
  readonly #pieces = new Map<number, Promise<unknown>>();
  readonly #streams = new Set<Stream<unknown>>();
  #begun = 0;

  /** A point in time, for `waitFor`. */
  mark(): number {
    return this.#begun;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    this.#begun += 1;
    const number = this.#begun;
    const piece = work();
    this.#pieces.set(number, piece);
    try {
      return await piece;
    } finally {
      this.#pieces.delete(number);
    }
  }

  /** @param ended is told to the reader of a stream that was ended from outside */
  async *read<Row>(stream: Stream<Row>, ended: string): Stream<Row> {
    this.#streams.add(stream);
    try {
      for await (const rows of stream) {
        yield rows;
        if (!this.#streams.has(stream)) throw new ConfigurationError(ended);
      }
    } finally {
      this.#streams.delete(stream);
    }
  }

  /** Waits for what has begun since that mark, apart from streams. */
  async waitFor(since = 0): Promise<void> {
    for (const [number, piece] of this.#pieces) {
      if (number > since) await piece.catch(() => {});
    }
  }

  /** Ends the streams: their readers may never come for the rest. */
  async endStreams(): Promise<void> {
    for (const stream of this.#streams) {
      this.#streams.delete(stream);
      await stream.return?.();
    }
  }
}

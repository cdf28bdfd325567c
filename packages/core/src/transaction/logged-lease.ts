import type { CompiledQuery, DatabaseConnection, QueryResult } from "kysely";
import type { QueryLog } from "../query-log.js";
import { Lease } from "./lease.js";

/** A lease that tells a log what runs on it, and waits for the log, as Kysely does. */
export class LoggedLease extends Lease {
  readonly #log: QueryLog;

  constructor(connection: DatabaseConnection, log: QueryLog) {
    super(connection);
    this.#log = log;
  }

  override async executeQuery<Row>(
    query: CompiledQuery,
    ...options: unknown[]
  ): Promise<QueryResult<Row>> {
    const timed = timer(query);
    let result: QueryResult<Row>;
    try {
      result = await super.executeQuery<Row>(query, ...options);
    } catch (error) {
      await this.#log({ level: "error", error, ...timed() });
      throw error;
    }
    await this.#log({ level: "query", isStream: false, ...timed() });
    return result;
  }

  override async *streamQuery<Row>(
    query: CompiledQuery,
    chunkSize: number,
    ...options: unknown[]
  ): AsyncIterableIterator<QueryResult<Row>> {
    const timed = timer(query);
    let failed = false;
    try {
      yield* super.streamQuery<Row>(query, chunkSize, ...options);
    } catch (error) {
      failed = true;
      await this.#log({ level: "error", error, ...timed() });
      throw error;
    } finally {
      if (!failed) await this.#log({ level: "query", isStream: true, ...timed() });
    }
  }
}

function timer(query: CompiledQuery) {
  const start = performance.now();
  return () => ({ query, queryDurationMillis: performance.now() - start });
}

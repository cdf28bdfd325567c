/**
 * A pool of `mysql2`: the one of `mysql2` with callbacks, or the one of `mysql2/promise`. Described here by
 * what is used of it, so that an app needs no particular release of the driver.
 */
export type MysqlPool = MysqlCallbackPool | MysqlPromisePool;

/** The part of a pool of `mysql2/promise` that is used. */
interface MysqlPromisePool {
  /** The pool with callbacks below it. */
  readonly pool: object;
  getConnection(): Promise<unknown>;
}

/** The part of a pool of `mysql2` that is used. */
export interface MysqlCallbackPool {
  getConnection(callback: (error: Error | null, connection: MysqlPoolConnection) => void): void;
  /** The same pool as those of `mysql2/promise` are. */
  promise(): unknown;
  end(callback: (error?: Error | null) => void): void;
}

/** The part of a connection of `mysql2` that is used. */
export interface MysqlPoolConnection {
  query(sql: string, values: Values, callback: MysqlCallback): unknown;
  query(options: MysqlQueryOptions, values: Values, callback: MysqlCallback): unknown;
  /** Without a callback, its rows are to be streamed. */
  query(options: MysqlQueryOptions & { readonly values: Values }): MysqlCommand;
  /** Prepares a statement on this connection, or uses the one that was. */
  execute(sql: string, values: Values, callback: MysqlCallback): unknown;
  execute(options: MysqlQueryOptions, values: Values, callback: MysqlCallback): unknown;
  once(event: "error", listener: (error: Error) => void): unknown;
  off(event: "error", listener: (error: Error) => void): unknown;
  release(): void;
  /** Closes the connection in place of giving it back. */
  destroy(): void;
}

/** A query that was sent. */
interface MysqlCommand {
  stream(): MysqlRows;
  once(event: "end" | "error", listener: () => void): unknown;
}

/** The rows of a query, as they come. */
export interface MysqlRows extends AsyncIterable<unknown> {
  once(event: "error", listener: (error: Error) => void): unknown;
  destroy(error: Error): unknown;
}

export type MysqlCallback = (error: Error | null, content: unknown, fields: unknown) => void;

// biome-ignore lint/suspicious/noExplicitAny: what values may be, releases of the driver say in different ways
type Values = any[];

export interface MysqlQueryOptions {
  sql: string;
  rowsAsArray: boolean;
  nestTables: boolean;
}

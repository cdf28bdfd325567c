/**
 * The part of a `pg.Pool` that is used. Described here, so that an app needs no particular release of `pg` or of
 * its types.
 */
export interface PostgresPool {
  /** Whether `end()` was called. */
  readonly ending: boolean;
  connect(callback: (error?: Error, client?: PostgresPoolClient) => void): void;
  end(): Promise<void>;
  on(event: "error", listener: (error: Error) => void): unknown;
  listenerCount(event: "error"): number;
}

/** The part of a `pg.PoolClient` that is used. */
export interface PostgresPoolClient {
  /** @param query with a name, it is prepared, or was on this connection */
  query<Row>(
    query: string | { readonly name: string; readonly text: string },
    values: readonly unknown[],
    callback: (error: Error | null | undefined, result: PostgresResult<Row>) => void,
  ): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  off(event: "error", listener: (error: Error) => void): unknown;
  /** `I` outside of a transaction, `T` inside of one, `E` inside of one that has failed. */
  getTransactionStatus(): string | null;
  /** @param destroy closes the connection in place of giving it back */
  release(destroy?: boolean): void;
}

/** What `pg` makes of the answer to a statement. To several at once it makes an array of these. */
export interface PostgresResult<Row> {
  /** Such as `SELECT`. */
  readonly command: string;
  readonly rowCount: number | null;
  readonly rows: Row[];
}

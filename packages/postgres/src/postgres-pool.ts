import type {
  PostgresPool as KyselyPostgresPool,
  PostgresPoolClient as KyselyPostgresPoolClient,
  PostgresCursor,
  PostgresQueryResult,
} from "kysely";

/**
 * The part of a `pg.Pool` that is used: what Kysely uses of it, what tells whether it was ended, and the
 * errors of idle connections. Described here, so that an app needs no particular release of `pg` or of
 * its types.
 */
export interface PostgresPool extends KyselyPostgresPool {
  /** Whether `end()` was called. */
  readonly ending: boolean;
  connect(): Promise<PostgresPoolClient>;
  connect(callback: (error?: Error, client?: PostgresPoolClient) => void): void;
  on(event: "error", listener: (error: Error) => void): unknown;
  listenerCount(event: "error"): number;
}

/** The part of a `pg.PoolClient` that is used. */
export interface PostgresPoolClient extends KyselyPostgresPoolClient {
  query<R>(sql: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  /** Prepares a statement, or uses one that was prepared on this connection by that name. */
  query<R>(named: {
    name: string;
    text: string;
    values: readonly unknown[];
  }): Promise<PostgresQueryResult<R>>;
  on(event: "error", listener: (error: Error) => void): unknown;
  off(event: "error", listener: (error: Error) => void): unknown;
  /** `I` outside of a transaction, `T` inside of one, `E` inside of one that has failed. */
  getTransactionStatus(): string | null;
  /** @param destroy closes the connection in place of giving it back */
  release(destroy?: boolean): void;
}

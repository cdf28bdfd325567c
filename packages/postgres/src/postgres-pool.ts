import type {
  PostgresPool as KyselyPostgresPool,
  PostgresPoolClient as KyselyPostgresPoolClient,
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
  on(event: "error", listener: (error: Error) => void): unknown;
  off(event: "error", listener: (error: Error) => void): unknown;
  /** `I` outside of a transaction, `T` inside of one, `E` inside of one that has failed. */
  getTransactionStatus(): string | null;
  /** @param destroy closes the connection in place of giving it back */
  release(destroy?: boolean): void;
}

import type {
  PostgresPool as KyselyPostgresPool,
  PostgresPoolClient as KyselyPostgresPoolClient,
  PostgresCursor,
  PostgresQueryResult,
} from "kysely";
import type { PostgresPool, PostgresPoolClient } from "./postgres-pool.js";

/**
 * The caller's pool as Kysely is given it: a connection that the server ends does not end the process,
 * a transaction that has failed is not reported as committed, and no connection goes back to the pool
 * in the middle of a transaction.
 *
 * @param end ends the pool, and does nothing if it was ended
 */
export function safePool(pool: PostgresPool, end: () => Promise<void>): KyselyPostgresPool {
  surviveIdleErrors(pool);
  return { connect: async () => new SafeClient(await pool.connect()), end };
}

/** Pools that are listened to. Hot reloading makes several factories on one pool. */
const heard = new WeakSet<PostgresPool>();

/** `pg` emits the errors of idle connections, and without a listener Node.js ends the process. */
function surviveIdleErrors(pool: PostgresPool): void {
  if (heard.has(pool)) return;
  heard.add(pool);
  pool.on("error", (error) => {
    if (pool.listenerCount("error") > 1) return;
    process.emitWarning(
      `An idle connection to PostgreSQL was lost (${error.message}). The pool makes another one when ` +
        'it needs it. To handle this yourself, add a listener: pool.on("error", …).',
    );
  });
}

/** One connection, from when Kysely takes it until it gives it back. */
class SafeClient implements KyselyPostgresPoolClient {
  readonly #client: PostgresPoolClient;

  constructor(client: PostgresPoolClient) {
    this.#client = client;
    client.on("error", ignore);
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    ...query: [sql: string, parameters: readonly unknown[]] | [cursor: PostgresCursor<R>]
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (query.length === 1) return this.#client.query(query[0]);
    return this.#run(...query);
  }

  async #run<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    const result = await this.#client.query<R>(sql, parameters);
    // After an error PostgreSQL answers a COMMIT with ROLLBACK, which is no error to the driver.
    if (String(result.command) === "ROLLBACK" && sql === "commit") {
      throw new Error(
        "This transaction is over: PostgreSQL has rolled it back, because a query of it had failed. " +
          "Nothing of it was stored. Where the error of a query is caught, undo the query with a savepoint.",
      );
    }
    return result;
  }

  release(): void {
    this.#client.off("error", ignore);
    this.#client.release(this.#client.getTransactionStatus() !== "I");
  }
}

/** The next query on this connection fails with that error; there is no need to end the process. */
function ignore(): void {}

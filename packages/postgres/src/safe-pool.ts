import { TransactionOverError } from "@kysely-lucia/core";
import type {
  PostgresPool as KyselyPostgresPool,
  PostgresPoolClient as KyselyPostgresPoolClient,
  PostgresCursor,
  PostgresQueryResult,
} from "kysely";
import type { PostgresPool, PostgresPoolClient } from "./postgres-pool.js";
import type { NamedStatement, PreparedStatements } from "./prepared-statements.js";

/**
 * The caller's pool as Kysely is given it: a connection that the server ends does not end the process,
 * nothing passes once a transaction has ended in another way than by its own COMMIT or ROLLBACK, and no
 * connection goes back to the pool in the middle of one, or in a state that is not known.
 *
 * @param end ends the pool, and does nothing if it was ended
 * @param prepared the statements that have a name on its connections
 */
export function safePool(
  pool: PostgresPool,
  end: () => Promise<void>,
  prepared: PreparedStatements,
): KyselyPostgresPool {
  surviveIdleErrors(pool);
  return { connect: () => connect(pool, prepared), end };
}

/**
 * By a callback, which is called before anything else is: the server may have ended a new connection already, and
 * said so together with its greeting. The error would find nobody who listens, and end the process.
 */
function connect(pool: PostgresPool, prepared: PreparedStatements): Promise<SafeClient> {
  return new Promise((resolve, reject) => {
    pool.connect((error, client) => {
      if (client) resolve(new SafeClient(client, prepared));
      else reject(error);
    });
  });
}

/** Kept with the pool: hot reloading makes several factories, of several copies of this module, on one. */
const HEARD = Symbol.for("@kysely-lucia/postgres/heard");

/** `pg` emits the errors of idle connections, and without a listener Node.js ends the process. */
function surviveIdleErrors(pool: PostgresPool & { [HEARD]?: true }): void {
  if (pool[HEARD]) return;
  pool[HEARD] = true;
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
  readonly #prepared: PreparedStatements;
  /** Why nothing may pass but a ROLLBACK. */
  #over: Error | undefined;
  /**
   * The first error of the transaction, or of the savepoint, that nothing has succeeded after: why the server refuses
   * all others, and answers a COMMIT with ROLLBACK.
   */
  #failed: unknown;
  /** Whether a query was given up without the server's answer, such as by `query_timeout`. */
  #unanswered = false;

  constructor(client: PostgresPoolClient, prepared: PreparedStatements) {
    this.#client = client;
    this.#prepared = prepared;
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
    if (this.#over && sql !== "rollback") throw this.#over;
    const before = this.#client.getTransactionStatus();
    const result = await this.#send<R>(before, sql, parameters);
    this.#look(sql, before, String(result.command));
    this.#failed = undefined;
    return result;
  }

  async #send<R>(
    before: string | null,
    sql: string,
    values: readonly unknown[],
  ): Promise<PostgresQueryResult<R>> {
    try {
      const named = before === "I" ? this.#prepared.named(sql) : undefined;
      return await (named ? this.#sendNamed<R>(named, values) : this.#client.query<R>(sql, values));
    } catch (error) {
      if (!isAnswer(error)) {
        this.#unanswered = true;
        this.#over ??= new TransactionOverError(`the server has not answered: ${error}`, error);
      }
      // The driver reports an error before the server has told the new state, which may still be "T".
      if (before !== "I") {
        this.#failed ??= error;
        if (error instanceof Error && error !== this.#failed) error.cause ??= this.#failed;
      }
      throw error;
    }
  }

  async #sendNamed<R>(
    statement: NamedStatement,
    values: readonly unknown[],
  ): Promise<PostgresQueryResult<R>> {
    try {
      return await this.#client.query<R>({ ...statement, values });
    } catch (error) {
      if (!this.#prepared.mayBeWhy(error)) throw error;
      const result = await this.#client.query<R>(statement.text, values);
      this.#prepared.renew();
      return result;
    }
  }

  /** After an error PostgreSQL answers a COMMIT with ROLLBACK, which is no error to the driver. */
  #look(sql: string, before: string | null, command: string): void {
    if (sql === "commit" && command === "ROLLBACK") {
      throw new TransactionOverError(
        "PostgreSQL has rolled it back, because a query of it had failed. Where you expect an error " +
          "of a query, put it into a `transaction` of its own, which is a savepoint of this one",
        this.#failed,
      );
    }
    const hasEnded = before === "T" && this.#client.getTransactionStatus() === "I";
    if (hasEnded && sql !== "commit" && sql !== "rollback") {
      this.#over = new TransactionOverError(`a query of its own has ended it (${command})`);
    }
  }

  release(): void {
    this.#client.off("error", ignore);
    this.#client.release(this.#unanswered || this.#client.getTransactionStatus() !== "I");
  }
}

/** Whether an error came from the server, which then has told its state. */
function isAnswer(error: unknown): boolean {
  return error instanceof Error && "severity" in error;
}

/** The next query on this connection fails with that error; there is no need to end the process. */
function ignore(): void {}

import { PoolDriver, RELEASED } from "@kysely-lucia/core";
import type { DatabaseConnection, TransactionSettings } from "kysely";
import { IN_TRANSACTION, PostgresConnection } from "./connection.js";
import type { PostgresPool } from "./postgres-pool.js";
import type { PreparedStatements } from "./prepared-statements.js";

/**
 * Kysely's driver for a pool of `pg`: a connection that the server ends does not end the process, nothing passes
 * once a transaction has ended in another way than by its own COMMIT or ROLLBACK, and no connection comes from the
 * pool or goes back to it in the middle of one, or in a state that is not known.
 */
export class PostgresDriver extends PoolDriver {
  readonly #pool: PostgresPool;
  readonly #prepared: PreparedStatements;

  constructor(pool: PostgresPool, prepared: PreparedStatements) {
    super();
    this.#pool = pool;
    this.#prepared = prepared;
    surviveIdleErrors(pool);
  }

  /**
   * By a callback, which is called before anything else is: the server may have ended a new connection already, and
   * said so together with its greeting. The error would find nobody who listens, and end the process.
   */
  acquireConnection(): Promise<DatabaseConnection> {
    return new Promise((resolve, reject) => this.#take(resolve, reject));
  }

  #take(resolve: (connection: DatabaseConnection) => void, reject: (error: unknown) => void): void {
    this.#pool.connect((error, client) => {
      if (!client) return reject(error);
      if (!IN_TRANSACTION.has(client.getTransactionStatus())) {
        return resolve(new PostgresConnection(client, this.#prepared));
      }
      // What is written on it would be rolled back with the rest, or commit what nobody meant to.
      client.release(true);
      process.emitWarning(LEFT_OPEN);
      this.#take(resolve, reject);
    });
  }

  releaseConnection(connection: PostgresConnection): Promise<void> {
    connection.release();
    return RELEASED;
  }

  protected beginning({ isolationLevel, accessMode }: TransactionSettings): readonly string[] {
    if (!isolationLevel && !accessMode) return ["begin"];
    const level = isolationLevel && `isolation level ${isolationLevel}`;
    return [["start transaction", level, accessMode].filter(Boolean).join(" ")];
  }
}

const LEFT_OPEN =
  "A connection came from the pool in the middle of a transaction, which other code has begun and neither committed nor " +
  "rolled back before it gave the connection back. The connection was closed, and with it that transaction rolled " +
  "back. Look for `pool.connect()` with a `release()` that a `rollback` does not come before.";

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

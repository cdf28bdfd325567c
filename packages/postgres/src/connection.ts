import { ConfigurationError, extendStack, TransactionOverError } from "@kysely-lucia/core";
import type { CompiledQuery, DatabaseConnection, QueryResult } from "kysely";
import type { PostgresPoolClient, PostgresResult } from "./postgres-pool.js";
import type { NamedStatement, PreparedStatements } from "./prepared-statements.js";

/** One connection for Kysely, from when it is taken from the pool until it is given back. */
export class PostgresConnection implements DatabaseConnection {
  readonly #client: PostgresPoolClient;
  readonly #prepared: PreparedStatements;
  /** Why nothing may pass but a ROLLBACK. */
  #over: Error | undefined;
  /**
   * The first error of the transaction, or of the savepoint, that nothing has succeeded after: why the server refuses
   * all others, and answers a COMMIT with ROLLBACK.
   */
  #failed: unknown;
  /** Whether it is not known what became of a query, such as one given up after `query_timeout`. */
  #unanswered = false;

  constructor(client: PostgresPoolClient, prepared: PreparedStatements) {
    this.#client = client;
    this.#prepared = prepared;
    client.on("error", ignore);
  }

  // With `then`, and the callback of `pg`: `async` and `await` would take two promises more for each query.
  executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#over && sql !== "rollback") return Promise.reject(this.#over);
    const before = this.#client.getTransactionStatus();
    const named = before === "I" ? this.#prepared.named(sql) : undefined;
    const sent = named ? this.#sendNamed<Row>(named, parameters) : this.#send<Row>(sql, parameters);
    return sent.then(
      (result) => this.#accept(result, sql, before),
      (error: unknown) => {
        this.#fail(error, before);
        throw extendStack(error);
      },
    );
  }

  streamQuery(): never {
    throw new ConfigurationError(
      "There is no `stream()` on PostgreSQL. Read a table page by page: " +
        '`.where("id", ">", lastId).orderBy("id").limit(1000).execute()`.',
    );
  }

  #send<Row>(
    query: string | NamedStatement,
    values: readonly unknown[],
  ): Promise<PostgresResult<Row>> {
    return new Promise((resolve, reject) => {
      this.#client.query<Row>(query, values, (error, result) => {
        if (error) reject(error);
        else resolve(result);
      });
    });
  }

  #sendNamed<Row>(
    statement: NamedStatement,
    values: readonly unknown[],
  ): Promise<PostgresResult<Row>> {
    return this.#send<Row>(statement, values).catch(async (error: unknown) => {
      if (!this.#prepared.learnFrom(error)) throw error;
      const result = await this.#send<Row>(statement.text, values);
      this.#prepared.renew(statement);
      return result;
    });
  }

  #accept<Row>(result: PostgresResult<Row>, sql: string, before: string | null): QueryResult<Row> {
    this.#look(sql, before, result.command);
    this.#refuseFoundOpen(result, before);
    this.#failed = undefined;
    const { command, rowCount, rows = [] } = result;
    return WRITES.has(command) ? { rows, numAffectedRows: BigInt(rowCount ?? 0) } : { rows };
  }

  #fail(error: unknown, before: string | null): void {
    if (!isAnswer(error)) {
      this.#unanswered = true;
      this.#over ??= new TransactionOverError(
        `it is not known what the server has done: ${error}`,
        error,
      );
    }
    // The driver reports an error before the server has told the new state, which may still be "T".
    if (before !== "I") {
      this.#failed ??= error;
      if (error instanceof Error && error !== this.#failed) error.cause ??= this.#failed;
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

  /**
   * A `begin` of other code may still have been on its way when the connection came from the pool. What is written then is
   * not committed, and goes with the connection.
   */
  #refuseFoundOpen(result: PostgresResult<unknown>, before: string | null): void {
    if (IN_TRANSACTION.has(before) || !IN_TRANSACTION.has(this.#client.getTransactionStatus()))
      return;
    // Of several statements at once there are several results.
    if ([result].flat().some(({ command }) => BEGINS.has(command))) return;
    this.#over = new ConfigurationError(FOUND_OPEN);
    throw this.#over;
  }

  release(): void {
    this.#client.off("error", ignore);
    this.#client.release(this.#unanswered || this.#client.getTransactionStatus() !== "I");
  }
}

/** A new connection has no status yet. */
export const IN_TRANSACTION: ReadonlySet<unknown> = new Set(["T", "E"]);

const FOUND_OPEN =
  "The connection is in a transaction that this has not begun: other code has given it back to the pool right after a `begin`. " +
  "Nothing was stored: the connection is closed, and with it that transaction rolled back. Look for `pool.connect()` with a " +
  "`release()` that a `commit` or `rollback` does not come before, and for queries that nobody awaits.";

/** What the server answers to `begin` and `start transaction`. */
const BEGINS: ReadonlySet<unknown> = new Set(["BEGIN", "START"]);

/** Those that say how many rows they have written. */
const WRITES: ReadonlySet<unknown> = new Set(["INSERT", "UPDATE", "DELETE", "MERGE"]);

/** Whether an error came from the server, so that the connection can go on being used. */
function isAnswer(error: unknown): boolean {
  return error instanceof Error && "severity" in error;
}

/** The next query on this connection fails with that error; there is no need to end the process. */
function ignore(): void {}

import type {
  MysqlPool as KyselyMysqlPool,
  MysqlPoolConnection as KyselyMysqlPoolConnection,
  MysqlQueryResult,
  MysqlStream,
  MysqlStreamOptions,
} from "kysely";
import type { MysqlCallbackPool, MysqlPoolConnection, MysqlQueryOptions } from "./mysql-pool.js";

/**
 * The caller's pool as Kysely is given it: rows are objects whatever the pool is told, nothing is
 * written after the server has ended a transaction by itself, and no connection goes back to the pool in
 * the middle of a transaction.
 */
export function safePool(pool: MysqlCallbackPool): KyselyMysqlPool {
  return {
    getConnection: (callback) => {
      pool.getConnection((error, connection) => {
        if (error) callback(error, undefined as never);
        else callback(null, new SafeConnection(connection));
      });
    },
    // Kysely ends a pool only if it has queried; `close` does it in any case, and once.
    end: (callback) => callback(null),
  };
}

type Callback = (error: unknown, result: MysqlQueryResult) => void;

/** One connection, from when Kysely takes it until it gives it back. */
class SafeConnection implements KyselyMysqlPoolConnection {
  readonly #connection: MysqlPoolConnection;
  /** What the server has last said. */
  #inTransaction = false;
  /** The error after which the server had ended the transaction. */
  #endedBy: Error | undefined;

  constructor(connection: MysqlPoolConnection) {
    this.#connection = connection;
  }

  query(
    sql: string,
    parameters: unknown[],
  ): { stream: <T>(options: MysqlStreamOptions) => MysqlStream<T> };
  query(sql: string, parameters: unknown[], callback: Callback): void;
  query(
    sql: string,
    parameters: unknown[],
    callback?: Callback,
  ): { stream: <T>(options: MysqlStreamOptions) => MysqlStream<T> } | undefined {
    if (!callback) {
      this.#refuseAfterEnd(sql);
      const stream = (options: MysqlStreamOptions) =>
        this.#connection.query(plain(sql, parameters)).stream(options);
      return { stream: stream as <T>(options: MysqlStreamOptions) => MysqlStream<T> };
    }
    this.#run(sql, parameters).then(
      (result) => callback(null, result),
      (error: unknown) => callback(error, []),
    );
    return undefined;
  }

  async #run(sql: string, parameters: unknown[]): Promise<MysqlQueryResult> {
    this.#refuseAfterEnd(sql);
    try {
      return await this.#send(sql, parameters);
    } catch (error) {
      if (this.#inTransaction && !(await this.#isStillInTransaction())) {
        this.#endedBy = error instanceof Error ? error : new Error(String(error));
      }
      throw error;
    }
  }

  #send(sql: string, parameters: unknown[]): Promise<MysqlQueryResult> {
    return new Promise((resolve, reject) => {
      this.#connection.query(plain(sql, parameters), (error, result) => {
        if (error) return reject(error);
        this.#inTransaction = isInTransaction(result) ?? this.#inTransaction;
        resolve(result as MysqlQueryResult);
      });
    });
  }

  /** Replies to errors do not say, so another statement is sent, whose reply does. */
  async #isStillInTransaction(): Promise<boolean> {
    try {
      await this.#send("do 0", []);
      return this.#inTransaction;
    } catch {
      return false;
    }
  }

  /** Such as a deadlock, after which statements would be run and committed one by one. */
  #refuseAfterEnd(sql: string): void {
    if (!this.#endedBy || sql === "rollback") return;
    throw new Error(
      `This transaction is over: the server has rolled it back after an error (${this.#endedBy.message}). ` +
        "Nothing of it was stored. Run it again from its start.",
      { cause: this.#endedBy },
    );
  }

  release(): void {
    if (this.#inTransaction) this.#connection.destroy();
    else this.#connection.release();
  }
}

/** Kysely works with rows that are objects, whatever the pool makes of them by default. */
function plain(sql: string, values: unknown[]): MysqlQueryOptions {
  return { sql, values, rowsAsArray: false, nestTables: false };
}

const SERVER_STATUS_IN_TRANS = 1;

/** What a reply says; replies with rows say nothing that the driver passes on. */
function isInTransaction(result: unknown): boolean | undefined {
  const { serverStatus } = Object(result);
  return typeof serverStatus === "number"
    ? (serverStatus & SERVER_STATUS_IN_TRANS) !== 0
    : undefined;
}

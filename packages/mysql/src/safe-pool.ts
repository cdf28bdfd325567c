import { ConfigurationError } from "@kysely-lucia/core";
import type {
  MysqlPool as KyselyMysqlPool,
  MysqlPoolConnection as KyselyMysqlPoolConnection,
  MysqlQueryResult,
  MysqlStream,
  MysqlStreamOptions,
} from "kysely";
import type { MysqlCallbackPool, MysqlPoolConnection, MysqlQueryOptions } from "./mysql-pool.js";

/**
 * The caller's pool as Kysely is given it: rows are objects whatever the pool is told, values cannot
 * end the text that they are quoted in, nothing is written after the server has ended a transaction by
 * itself, and no connection goes back to the pool in the middle of a transaction.
 *
 * @param end ends the pool, and does nothing if it was ended
 */
export function safePool(pool: MysqlCallbackPool, end: () => Promise<void>): KyselyMysqlPool {
  const checked = new WeakSet<MysqlPoolConnection>();

  const connect = async () => {
    const connection = await new Promise<MysqlPoolConnection>((resolve, reject) => {
      pool.getConnection((error, given) => (error ? reject(error) : resolve(given)));
    });
    const safe = new SafeConnection(connection);
    try {
      if (!checked.has(connection)) await safe.refuseUnsafeQuoting();
      checked.add(connection);
      return safe;
    } catch (error) {
      connection.destroy();
      throw error;
    }
  };

  return {
    getConnection: (callback) => {
      connect().then(
        (connection) => callback(null, connection),
        (error: unknown) => callback(error, undefined as never),
      );
    },
    end: (callback) => {
      end().then(() => callback(null), callback);
    },
  };
}

type Callback = (error: unknown, result: MysqlQueryResult) => void;

/** One connection, from when Kysely takes it until it gives it back. */
class SafeConnection implements KyselyMysqlPoolConnection {
  readonly #connection: MysqlPoolConnection;
  /** What the server has last said of itself. Replies with rows do not. */
  #status = 0;
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
      if (this.#isInTransaction && !(await this.#isStillInTransaction())) {
        this.#endedBy = error instanceof Error ? error : new Error(String(error));
      }
      throw error;
    }
  }

  #send(sql: string, parameters: unknown[]): Promise<MysqlQueryResult> {
    return new Promise((resolve, reject) => {
      this.#connection.query(plain(sql, parameters), (error, result) => {
        if (error) return reject(error);
        const { serverStatus } = Object(result);
        if (typeof serverStatus === "number") this.#status = serverStatus;
        resolve(result as MysqlQueryResult);
      });
    });
  }

  /** Replies to errors do not say, so another statement is sent, whose reply does. */
  async #isStillInTransaction(): Promise<boolean> {
    try {
      await this.#send(DO_NOTHING, []);
      return this.#isInTransaction;
    } catch {
      return false;
    }
  }

  get #isInTransaction(): boolean {
    return (this.#status & STATUS.inTransaction) !== 0;
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

  /**
   * `mysql2` quotes values with backslashes. Where the server does not take them for that, a value could
   * end its quotes, and go on as SQL.
   *
   * @throws ConfigurationError
   */
  async refuseUnsafeQuoting(): Promise<void> {
    await this.#send(DO_NOTHING, []);
    if ((this.#status & STATUS.noBackslashEscapes) === 0) return;
    throw new ConfigurationError(
      "The connection to MySQL has the SQL mode NO_BACKSLASH_ESCAPES, under which mysql2 cannot quote " +
        "values safely: a value could become a part of the query. Remove it from `sql_mode`, of the server " +
        "or of the pool's connections. Nothing was run.",
    );
  }

  release(): void {
    if (this.#isInTransaction) this.#connection.destroy();
    else this.#connection.release();
  }
}

/** A statement whose reply has the server's status, on any server. */
const DO_NOTHING = "do 0";

/** Flags of the status: https://dev.mysql.com/doc/dev/mysql-server/latest/mysql__com_8h.html */
const STATUS = { inTransaction: 1, noBackslashEscapes: 512 };

/** Kysely works with rows that are objects, whatever the pool makes of them by default. */
function plain(sql: string, values: unknown[]): MysqlQueryOptions {
  return { sql, values, rowsAsArray: false, nestTables: false };
}

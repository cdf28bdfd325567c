import { ConfigurationError, TransactionOverError } from "@kysely-lucia/core";
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
 * end the text that they are quoted in, nothing passes once a transaction has ended in another way than
 * by its own COMMIT or ROLLBACK, and no connection goes back to the pool in the middle of one, or in a
 * state that is not known.
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
      if (!checked.has(connection)) await safe.refuseUnsafeModes();
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
  #status = STATUS.autocommit;
  /** Why nothing may pass but a ROLLBACK. */
  #over: Error | undefined;
  /** An error after which it is not known yet whether the transaction goes on. */
  #doubt: unknown;
  /** Whether a query was given up without the server's answer. */
  #unanswered = false;

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
      if (this.#over) throw this.#over;
      return {
        stream: <T>(options: MysqlStreamOptions) => {
          const rows = this.#connection.query(plain(sql, parameters)).stream(options);
          rows.once("error", (error) => {
            this.#doubt = error;
          });
          return rows as unknown as MysqlStream<T>;
        },
      };
    }
    this.#run(sql, parameters).then(
      (result) => callback(null, result),
      (error: unknown) => callback(error, []),
    );
    return undefined;
  }

  async #run(sql: string, parameters: unknown[]): Promise<MysqlQueryResult> {
    if (this.#doubt) await this.#settleDoubt();
    if (this.#over && sql !== "rollback") throw this.#over;
    const before = this.#status;
    try {
      const result = await this.#send(sql, parameters);
      this.#look(sql, before);
      return result;
    } catch (error) {
      this.#doubt = error;
      await this.#settleDoubt();
      throw error;
    }
  }

  #send(sql: string, parameters: unknown[]): Promise<MysqlQueryResult> {
    return new Promise((resolve, reject) => {
      this.#connection.query(plain(sql, parameters), (error, result) => {
        if (error) return reject(error);
        this.#status = statusIn(result) ?? this.#status;
        resolve(result as MysqlQueryResult);
      });
    });
  }

  /** Some statements commit, such as those that create tables, and the server can be told to quote otherwise. */
  #look(sql: string, before: number): void {
    const hasEnded = isInTransaction(before) && !isInTransaction(this.#status);
    if (hasEnded && sql !== "commit" && sql !== "rollback") {
      this.#over = new TransactionOverError(
        "a query of its own has ended it, such as one that creates a table",
      );
    }
    if ((this.#status & STATUS.noBackslashEscapes) !== 0) {
      this.#unanswered = true;
      this.#over = new ConfigurationError(UNSAFE_QUOTING);
    }
  }

  /**
   * After a deadlock, for one, the server has rolled back, and would run and commit what follows statement
   * by statement. Errors do not say so, and which ones do that depends on the server's settings: another
   * statement is sent, whose reply does.
   */
  async #settleDoubt(): Promise<void> {
    const error = this.#doubt;
    this.#doubt = undefined;
    if (!isAnswer(error)) {
      this.#unanswered = true;
      this.#over ??= new TransactionOverError(`the server has not answered: ${error}`, error);
    }
    if (!isInTransaction(this.#status)) return;
    await this.#send(DO_NOTHING, []).catch(() => {
      this.#status = 0;
    });
    if (isInTransaction(this.#status)) return;
    const said = error instanceof Error ? error.message : String(error);
    this.#over ??= new TransactionOverError(
      `the server has rolled it back after an error (${said})`,
      error,
    );
  }

  /** @throws ConfigurationError where values could become SQL, or writes are never committed */
  async refuseUnsafeModes(): Promise<void> {
    await this.#send(DO_NOTHING, []);
    if ((this.#status & STATUS.noBackslashEscapes) !== 0) {
      throw new ConfigurationError(UNSAFE_QUOTING);
    }
    if ((this.#status & STATUS.autocommit) === 0) {
      throw new ConfigurationError(
        "The connection to MySQL has `autocommit = 0`, with which a write outside of a transaction is never " +
          "committed. Remove it from the server's settings, or of the pool's connections. Nothing was run.",
      );
    }
  }

  release(): void {
    if (this.#unanswered || isInTransaction(this.#status)) this.#connection.destroy();
    else this.#connection.release();
  }
}

const UNSAFE_QUOTING =
  "The connection to MySQL has the SQL mode NO_BACKSLASH_ESCAPES, under which mysql2 cannot quote " +
  "values safely: a value could become a part of the query. Remove it from `sql_mode`, of the server " +
  "or of the pool's connections. Nothing was run.";

/** A statement whose reply has the server's status, on any server. */
const DO_NOTHING = "do 0";

/** Flags of the status: https://dev.mysql.com/doc/dev/mysql-server/latest/mysql__com_8h.html */
const STATUS = { inTransaction: 1, autocommit: 2, noBackslashEscapes: 512 };

const isInTransaction = (status: number) => (status & STATUS.inTransaction) !== 0;

/** What a reply says; those with rows say nothing, but for the last part of a procedure's. */
function statusIn(result: unknown): number | undefined {
  const header: unknown = Array.isArray(result) ? result.at(-1) : result;
  // A row may have a column of that name.
  const isHeader = Object(header).constructor?.name === "ResultSetHeader";
  const status: unknown = isHeader ? Object(header).serverStatus : undefined;
  return typeof status === "number" ? status : undefined;
}

/** Whether an error came from the server. */
function isAnswer(error: unknown): boolean {
  return error instanceof Error && "sqlState" in error && !Reflect.get(error, "fatal");
}

/** Kysely works with rows that are objects, whatever the pool makes of them by default. */
function plain(sql: string, values: unknown[]): MysqlQueryOptions {
  return { sql, values, rowsAsArray: false, nestTables: false };
}

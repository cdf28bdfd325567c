import { ConfigurationError, TransactionOverError } from "@kysely-lucia/core";
import type {
  MysqlPoolConnection as KyselyMysqlPoolConnection,
  MysqlQueryResult,
  MysqlStream,
  MysqlStreamOptions,
} from "kysely";
import type { MysqlPoolConnection, MysqlQueryOptions } from "./mysql-pool.js";
import type { PreparedStatements } from "./prepared-statements.js";
import { streamRows } from "./stream-rows.js";

type Callback = (error: unknown, result: MysqlQueryResult) => void;

/** One connection, from when Kysely takes it until it gives it back. */
export class SafeConnection implements KyselyMysqlPoolConnection {
  readonly #connection: MysqlPoolConnection;
  readonly #prepared: PreparedStatements;
  /** What the server has last said of itself. Replies with rows do not. */
  #status = STATUS.autocommit;
  /** Why nothing may pass but a ROLLBACK. */
  #over: Error | undefined;
  /** An error after which it is not known yet whether the transaction goes on. */
  #doubt: unknown;
  /** Whether it must not be used again, as its state is not known or not safe. */
  #isUnfit = false;

  constructor(connection: MysqlPoolConnection, prepared: PreparedStatements) {
    this.#connection = connection;
    this.#prepared = prepared;
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
          const rows = streamRows(this.#connection, plain(sql, parameters), options);
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
      const done = (error: Error | null, result: unknown) => {
        if (error) return reject(error);
        this.#status = statusIn(result) ?? this.#status;
        resolve(result as MysqlQueryResult);
      };
      const query = plain(sql, parameters);
      if (!this.#prepared.has(sql)) {
        this.#connection.query(query, done);
        return;
      }
      this.#connection.execute(query, (error, result, fields) => {
        const again = error ? this.#prepared.wasNotRun(error) : this.#prepared.differs(sql, fields);
        if (again) this.#connection.query(query, done);
        else done(error, result);
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
      this.#isUnfit = true;
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
    if (!isInTransaction(this.#status)) return;
    await this.#send(DO_NOTHING, []).catch(() => {
      this.#status = 0;
      this.#isUnfit = true;
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
    const commits = (this.#status & STATUS.autocommit) !== 0;
    if (this.#isUnfit || isInTransaction(this.#status) || !commits) this.#connection.destroy();
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

/** Kysely works with rows that are objects, whatever the pool makes of them by default. */
function plain(sql: string, values: unknown[]): MysqlQueryOptions {
  return { sql, values, rowsAsArray: false, nestTables: false };
}

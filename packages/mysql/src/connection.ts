import { ConfigurationError, extendStack, TransactionOverError } from "@kysely-lucia/core";
import type { CompiledQuery, DatabaseConnection, QueryResult } from "kysely";
import { beginsTransaction } from "./begins-transaction.js";
import type { MysqlCallback, MysqlPoolConnection, MysqlQueryOptions } from "./mysql-pool.js";
import type { PreparedStatements } from "./prepared-statements.js";
import {
  headerIn,
  isCommitting,
  isFit,
  isInTransaction,
  isSilent,
  type Reply,
  STATUS,
  toResult,
} from "./reply.js";
import { streamRows } from "./stream-rows.js";

/** One connection for Kysely, from when it is taken from the pool until it is given back. */
export class MysqlConnection implements DatabaseConnection {
  readonly #connection: MysqlPoolConnection;
  readonly #prepared: PreparedStatements;
  readonly #rowsArePlain: boolean;
  /** What the server has last said of itself. Replies with rows do not. */
  #status = STATUS.autocommit;
  /** Whether a transaction was begun by this side, or `autocommit` switched off. */
  #hasBegun = false;
  /** Why nothing may pass but a ROLLBACK. */
  #over: Error | undefined;
  /** The error of a stream whose reader may have left, after which the state of the connection is not known. */
  #doubt: unknown;

  /** @param rowsArePlain whether rows are objects without being asked for, which takes time */
  constructor(
    connection: MysqlPoolConnection,
    prepared: PreparedStatements,
    rowsArePlain: boolean,
  ) {
    this.#connection = connection;
    this.#prepared = prepared;
    this.#rowsArePlain = rowsArePlain;
  }

  // With `then`, and the callback of `mysql2`: `async` and `await` would take two promises more for each query.
  executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#doubt) return this.#settleDoubt().then(() => this.executeQuery<Row>(query));
    const { sql, parameters } = query;
    if (this.#over && sql !== "rollback") return Promise.reject(this.#over);
    const before = this.#status;
    const isPrepared = this.#prepared.has(sql);
    return this.#send(sql, parameters).then(
      (reply) => {
        if (isSilent(reply)) return this.#ask().then(() => this.#accept<Row>(reply, sql));
        this.#look(sql, before);
        return this.#accept<Row>(reply, sql);
      },
      async (error: unknown) => {
        // Before anything is awaited: afterwards the stack no longer shows the caller.
        extendStack(error);
        // One statement alone, as those that are prepared, begins no transaction.
        if (!isPrepared || isInTransaction(before)) {
          await this.#ask(error);
          this.#refuseFoundOpen(sql);
        }
        throw error;
      },
    );
  }

  async *streamQuery<Row>({
    sql,
    parameters,
  }: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    if (this.#doubt) await this.#settleDoubt();
    if (this.#over) throw this.#over;
    const rows = streamRows(this.#connection, plain(sql), [...parameters]);
    // Also one that comes when the reader has left.
    rows.once("error", (error) => {
      this.#doubt = error;
    });
    try {
      for await (const row of rows) yield { rows: [row as Row] };
    } finally {
      if (this.#doubt || !READS.test(sql)) await this.#settleDoubt();
    }
  }

  #send(sql: string, parameters: readonly unknown[]): Promise<Reply> {
    const values = [...parameters];
    return new Promise((resolve, reject) => {
      const done: MysqlCallback = (error, content, fields) => {
        if (error) return reject(error);
        const reply = { content, fields };
        const header = headerIn(reply);
        if (header) this.#status = header.serverStatus;
        if (header?.stateChanges?.schema) this.#prepared.giveUp();
        resolve(reply);
      };
      if (!this.#prepared.has(sql)) {
        this.#query(sql, values, done);
        return;
      }
      this.#execute(sql, values, (error, content, fields) => {
        const again = error
          ? this.#prepared.learnFrom(error)
          : this.#prepared.learnFromFields(sql, fields);
        if (again) this.#query(sql, values, done);
        else done(error, content, fields);
      });
    });
  }

  #query(sql: string, values: unknown[], callback: MysqlCallback): void {
    if (this.#rowsArePlain) this.#connection.query(sql, values, callback);
    else this.#connection.query(plain(sql), values, callback);
  }

  #execute(sql: string, values: unknown[], callback: MysqlCallback): void {
    if (this.#rowsArePlain) this.#connection.execute(sql, values, callback);
    else this.#connection.execute(plain(sql), values, callback);
  }

  /** Some statements commit, such as those that create tables, and the server can be told to quote otherwise. */
  #look(sql: string, before: number): void {
    const hasEnded = isInTransaction(before) && !isInTransaction(this.#status);
    if (hasEnded && sql !== "commit" && sql !== "rollback") {
      this.#over ??= new TransactionOverError(
        "a query of its own has ended it, such as one that creates a table",
      );
    }
    if ((this.#status & STATUS.noBackslashEscapes) !== 0) {
      this.#over = new ConfigurationError(UNSAFE_QUOTING);
    }
  }

  #accept<Row>(reply: Reply, sql: string): QueryResult<Row> {
    const refused = this.#refuseFoundOpen(sql);
    if (refused) throw refused;
    return toResult<Row>(reply);
  }

  /**
   * What is written on a connection that other code has left in a transaction, or without `autocommit`, is not committed,
   * and goes with the connection.
   */
  #refuseFoundOpen(sql: string): Error | undefined {
    if (this.#hasBegun || this.#status === NOT_KNOWN || isCommitting(this.#status))
      return undefined;
    this.#hasBegun = beginsTransaction(sql);
    if (this.#hasBegun) return undefined;
    this.#over = new ConfigurationError(FOUND_OPEN);
    return this.#over;
  }

  #settleDoubt(): Promise<void> {
    const error = this.#doubt;
    this.#doubt = undefined;
    return this.#ask(error);
  }

  /**
   * Asks the server for the state that a reply has not told. After a deadlock, for one, the server has rolled back, and
   * would run and commit what follows statement by statement. A procedure may have begun a transaction, in which what
   * others write would be lost.
   *
   * @param error the reply, where it was an error
   */
  async #ask(error?: unknown): Promise<void> {
    const before = this.#status;
    await this.#send(DO_NOTHING, []).catch(() => {
      this.#status = NOT_KNOWN;
    });
    if (error !== undefined && isInTransaction(before) && !isInTransaction(this.#status)) {
      const said = error instanceof Error ? error.message : String(error);
      this.#over ??= new TransactionOverError(
        `the server has rolled it back after an error (${said})`,
        error,
      );
    }
    this.#look(DO_NOTHING, before);
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
    if (isFit(this.#status)) this.#connection.release();
    else this.#connection.destroy();
  }
}

const UNSAFE_QUOTING =
  "The connection to MySQL has the SQL mode NO_BACKSLASH_ESCAPES, under which mysql2 cannot quote " +
  "values safely: a value could become a part of the query. Remove it from `sql_mode`, of the server " +
  "or of the pool's connections. Nothing was run.";

/** A statement whose reply has the server's status, on any server. */
const DO_NOTHING = "do 0";

/** The status of a connection that does not answer. */
const NOT_KNOWN = 0;

const FOUND_OPEN =
  "The connection is in a transaction that this has not begun, or does not commit what is written: other code has left it so " +
  "before it gave the connection back to the pool, or a procedure has. Nothing was stored: the connection is closed, and with it " +
  "that transaction rolled back. Look for `pool.getConnection()` with a `release()` that a `commit` or `rollback`, or `set autocommit = 1`, " +
  "does not come before.";

/** What leaves the state of a connection as it is. */
const READS = /^\s*(?:select|with)\b/i;

/** Kysely works with rows that are objects, whatever the pool makes of them by default. */
function plain(sql: string): MysqlQueryOptions {
  return { sql, rowsAsArray: false, nestTables: false };
}

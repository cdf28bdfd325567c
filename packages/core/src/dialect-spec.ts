import type {
  AlterTableBuilder,
  ColumnDataType,
  Compilable,
  Dialect,
  Expression,
  IsolationLevel,
  SqlBool,
} from "kysely";
import type { AnyKysely } from "./executor.js";
import type { TableName } from "./table-names.js";
import type { LiveTable } from "./tables/live-tables.js";
import type { SchemaFinding } from "./tables/step.js";

/** What `addColumn` takes: the name of a type, or a piece of SQL. */
export type DataType = ColumnDataType | Expression<unknown>;

/** What kind of error a driver has thrown, as far as core acts on it. */
export type ErrorKind =
  /** A table or column of the statement does not exist. */
  | "undefined_object"
  /** Something that is to be created has a name that something else has. */
  | "name_taken"
  /** The role of the connection may not do this. */
  | "forbidden"
  /** A text cannot be compared with a column, whose character set lacks characters of it. */
  | "incomparable_text"
  /**
   * A deadlock, or a conflict with another transaction: the database has rolled back, and the same work may
   * succeed when it is run again.
   */
  | "serialization_failure"
  /** The database was locked by another process for longer than this one waits. Nothing was done. */
  | "busy"
  /** A table or a row was locked by another connection for longer than this one waits. */
  | "lock_timeout"
  /** Anything else: the driver's error reaches the caller, without values (`hideValues`). */
  | "other";

/**
 * What core has to know about a database. Core never asks for a dialect's name, so a new dialect is
 * a new record of this type and nothing else.
 *
 * `docs/architecture.md` says, field by field, what each dialect answers.
 */
export interface DialectSpec {
  /** The option of the factory that holds the caller's pool, such as `database`. */
  readonly poolOption: string;

  /** Whether there is the option `preparedStatements`. */
  readonly preparesStatements?: boolean;

  /**
   * Checks what the caller has given as the pool, and builds Kysely's dialect on it. Writes nothing.
   *
   * @param prepared the statements that are run again and again, by their SQL. Core adds them as it builds them; empty
   *   where the caller has set `preparedStatements: false`
   * @throws ConfigurationError saying what was given, what is expected and how to fix it
   */
  open(pool: unknown, prepared: ReadonlySet<string>): OpenedPool;

  /**
   * What kind of error this is. Judges by codes, never by text that a server may translate; SQLite
   * tells some things in its messages alone, and never translates them.
   */
  classifyError(error: unknown): ErrorKind;

  /**
   * Whether a driver's error is a violated unique constraint on exactly this column, given as
   * `table.column`, with the table's name in the database. Judges as `classifyError` does.
   */
  isUniqueViolation(error: unknown, column: string): boolean;

  /**
   * Takes out of an error of an auth statement what repeats values of it, such as session ids, apart from
   * what `isUniqueViolation` needs. To be left out where errors do not.
   */
  hideValues?(error: unknown): void;

  /** Whether the first error in a transaction ends it, as on PostgreSQL. */
  readonly errorEndsTransaction: boolean;

  /**
   * The isolation level of the transactions that a single auth call begins, where it matters: they have
   * to see what was committed while they waited for a lock. To be left out where they do at any level.
   */
  readonly isolationLevel?: IsolationLevel;

  /**
   * Whether one statement can write to several tables, as `with … as (insert …)` of PostgreSQL does,
   * with `on conflict do nothing` and `for no key update`.
   */
  readonly dataModifyingCtes: boolean;

  /**
   * Whether there is `select … for update`. To be false where a transaction that writes has the whole
   * database to itself.
   */
  readonly locksRows: boolean;

  /** Whether the creation and the change of tables are part of transactions, and not the end of them. */
  readonly transactionalDdl: boolean;

  /**
   * Whether the database may store less of a text than it was given, without an error, as MySQL does
   * without its strict mode. New keys and users are then looked up before they count as stored.
   */
  readonly cutsText: boolean;

  /** A boolean as this driver takes it for the column `primary_key`. Some can bind numbers only. */
  encodeBoolean(value: boolean): unknown;

  /**
   * Whether two ids are equal byte by byte. To be left out where `=` says just that, whatever
   * collation a column has.
   */
  equalIds?(left: Expression<string>, right: Expression<string>): Expression<SqlBool>;

  /**
   * Whether a comparison with a text may be an error, `incomparable_text`, as where the character sets of both have
   * nothing in common. Default: false
   */
  readonly textMayBeIncomparable?: boolean;

  /** The most characters that a new id may have. Default: as many as it likes. */
  readonly maxIdLength?: number;

  /** Whether there are schemas, and with them the option `databaseSchema`. Default: false */
  readonly hasSchemas?: boolean;

  /**
   * Takes a lock that all processes on this database share, in the transaction that it ends with at the latest, or on a
   * connection. To be left out where a transaction that writes has the database to itself.
   *
   * @param seconds how long to wait for it; 0 is not at all
   * @returns false where somebody else has it still
   */
  lock?(connection: AnyKysely, purpose: LockPurpose, seconds: number): Promise<boolean>;

  /** Gives back the lock of a connection. To be left out where it ends with a transaction. */
  unlock?(connection: AnyKysely, purpose: LockPurpose): Promise<void>;

  /**
   * Keeps everybody else from these tables, given by core's names for them, until the transaction ends, or `unlockTables` is
   * called. The connection reads and drops them, and no others, meanwhile. To be left out where a transaction that writes does so anyway.
   */
  lockTables?(connection: AnyKysely, tables: readonly string[]): Promise<void>;

  /** Lets others at the tables again, also if none are locked. To be left out where locks end with a transaction. */
  unlockTables?(connection: AnyKysely): Promise<void>;

  /** The tables of these names as they are, in this order; undefined for those that are not there. Writes nothing. */
  inspectTables(
    connection: AnyKysely,
    names: readonly TableName[],
  ): Promise<readonly (LiveTable | undefined)[]>;

  /** What is wrong with the server's settings, or the connection's, for Lucia's tables. Default: nothing */
  checkSettings?(connection: AnyKysely): Promise<readonly SchemaFinding[]>;

  /** Whether a column cannot be changed while a foreign key is on it or refers to it. Default: false */
  readonly freezesForeignKeys?: boolean;

  /**
   * The statement that gives a column another type. To be left out where `alter table` can do no more than
   * add columns without constraints, and foreign keys go between columns of any types, as on SQLite.
   */
  changeColumn?(
    table: AlterTableBuilder,
    column: string,
    type: DataType,
    isNullable: boolean,
  ): Compilable;

  /** What `migrate` adds to the end of `create table`. */
  readonly tableOptions?: Expression<unknown>;

  /** The column types that `migrate` creates. May ask the database what it has. */
  columnTypes(db: AnyKysely): Promise<AuthColumnTypes>;
}

/** What one process at a time does. */
export type LockPurpose = "migrate" | "cleanup";

/** The types of the columns of the auth tables. */
export interface AuthColumnTypes {
  /** Ids, compared byte by byte. */
  readonly id: DataType;
  /** Milliseconds since 1970. */
  readonly integer: DataType;
  readonly boolean: DataType;
  /** A password hash of any length. */
  readonly text: DataType;
}

/** A pool that was found fit for use. */
export interface OpenedPool {
  /**
   * Kysely's dialect on the caller's pool. Kysely's own will do for a start; for an app its driver also
   *
   * - begins a transaction so that it can write without failing later (`begin immediate` on SQLite),
   * - refuses statements, and COMMIT, once the database has ended the transaction by itself,
   * - sends COMMIT and ROLLBACK before it awaits anything else,
   * - hands no connection out again whose transaction has not ended,
   * - hands each connection out to one holder at a time: what Kysely 0.29 does above the driver where there is but one
   *   (`supportsMultipleConnections: false`), nobody does here.
   */
  readonly dialect: Dialect;

  /** The caller's pool itself, in one form: by it, two factories know that they share one. */
  readonly pool: object;

  /** Whether it has connections enough for one to be kept for minutes. Default: false */
  readonly hasConnectionToSpare?: boolean;

  /** What Lucia's official adapter takes for this pool. To be left out where there is none. */
  readonly officialPool?: unknown;

  /**
   * Closes the caller's pool, also if nothing was ever queried. Does nothing if it is closed. Kysely's
   * driver has been destroyed before.
   */
  close(): Promise<void>;
}

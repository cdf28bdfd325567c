import type { ColumnDataType, Dialect, Expression } from "kysely";

/** What `addColumn` takes: the name of a type, or a piece of SQL. */
type DataType = ColumnDataType | Expression<unknown>;

/** What kind of error a driver has thrown, as far as core acts on it. */
export type ErrorKind =
  /** A table or column of the statement does not exist. */
  | "undefined_object"
  /** Anything else: the driver's error reaches the caller untouched. */
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

  /**
   * Checks what the caller has given as the pool, and builds Kysely's dialect on it. Writes nothing.
   *
   * @throws ConfigurationError saying what was given, what is expected and how to fix it
   */
  open(pool: unknown): OpenedPool;

  /** What kind of error this is. Judges by codes, never by text that a server may translate. */
  classifyError(error: unknown): ErrorKind;

  /**
   * Whether a driver's error is a violated unique constraint on exactly this column, given as
   * `table.column`. Judges by codes and constraint facts, never by text that a server may translate.
   */
  isUniqueViolation(error: unknown, column: string): boolean;

  /** Whether the first error in a transaction ends it, as on PostgreSQL. */
  readonly errorEndsTransaction: boolean;

  /** A boolean as this driver takes it for the column `primary_key`. */
  encodeBoolean(value: boolean): unknown;

  /** The column types that `migrate` creates. */
  readonly columnTypes: {
    /** Ids, compared byte by byte. */
    readonly id: DataType;
    /** Milliseconds since 1970. */
    readonly integer: DataType;
    readonly boolean: DataType;
    /** A password hash of any length. */
    readonly text: DataType;
  };
}

/** A pool that was found fit for use. */
export interface OpenedPool {
  /** Kysely's dialect on the caller's pool. */
  readonly dialect: Dialect;

  /** Closes the caller's pool, also if nothing was ever queried. Does nothing if it is closed. */
  close(): Promise<void>;
}

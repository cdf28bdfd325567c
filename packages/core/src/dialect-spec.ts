import type { AuthTables } from "@kysely-lucia/schema";
import type { ColumnDataType, Dialect, Expression, Kysely } from "kysely";

/**
 * The auth tables as core sees them on any dialect: what drivers disagree on is `unknown` until
 * `adapter/rows.ts` has decoded it.
 */
export type StoredTables = AuthTables<
  Record<string, unknown>,
  { integer: unknown; boolean: unknown }
>;

/** Where auth queries run: the pool, or one open transaction. Never carries the app's plugins. */
export type Executor = Kysely<StoredTables>;

/** What a driver's error means, in words that core acts on. */
export type DatabaseFault =
  /** A unique constraint was violated; `column` is `table.column` as far as the database tells. */
  | { readonly kind: "unique"; readonly column: string }
  /** A table or a column that the statement names does not exist. */
  | { readonly kind: "undefined_table" }
  /** Anything else: the driver's error reaches the caller untouched. */
  | { readonly kind: "other" };

/** What `addColumn` takes: the name of a type, or a piece of SQL. */
type DataType = ColumnDataType | Expression<unknown>;

/**
 * Everything core has to be told about a database: facts, and how to reach it. Core never asks for
 * a dialect's name, so a new dialect is a new record of this type and nothing else.
 *
 * `docs/architecture.md` says, field by field, what each dialect answers.
 */
export interface DialectSpec<Pool> {
  /**
   * Refuses what this dialect cannot work on, before anything is built or written.
   *
   * @throws ConfigurationError saying what was given, what is expected and how to mend it.
   */
  checkPool(pool: unknown): asserts pool is Pool;

  /** Builds the Kysely dialect on the caller's pool. Its transactions must be safe to write in. */
  createDialect(pool: Pool): Dialect;

  /** Closes the caller's pool, also if nothing was ever queried, and does nothing if it is closed. */
  closePool(pool: Pool): Promise<void>;

  /** What a driver's error means. Pure; judges by codes and constraint facts, never by localised text. */
  classifyError(error: unknown): DatabaseFault;

  /** A boolean as this driver takes it for the `primary_key` column. */
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

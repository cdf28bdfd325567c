/**
 * The part of better-sqlite3's `Database` that is used. Described here, so that an app without its
 * types, or with another release of them, needs nothing else.
 */
export interface SqliteDatabase {
  /** The path of the file, or `:memory:`. */
  readonly name: string;
  readonly open: boolean;
  readonly readonly: boolean;
  /** Whether a transaction is open, by SQLite's own account. */
  readonly inTransaction: boolean;
  prepare(sql: string): SqliteStatement;
  pragma(source: string, options?: { simple?: boolean }): unknown;
  close(): unknown;
}

/** The part of better-sqlite3's `Statement` that is used. */
export interface SqliteStatement {
  /** Whether the statement returns rows. */
  readonly reader: boolean;
  all(...parameters: unknown[]): unknown[];
  iterate(...parameters: unknown[]): IterableIterator<unknown>;
  run(...parameters: unknown[]): {
    changes: number | bigint;
    lastInsertRowid: number | bigint;
  };
}

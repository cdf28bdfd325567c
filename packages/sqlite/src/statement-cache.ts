import type { SqliteDatabase, SqliteStatement } from "./sqlite-database.js";

/** How many statements are kept since the last change of generations, and at most as many of the one before. */
const GENERATION = 250;

/** In characters. An insert of hundreds of rows is not worth the memory: the next one has another number. */
const LONGEST = 10_000;

/**
 * What reads and writes rows, and what is around it. Other statements are rare, and some do things when they are
 * prepared. SQLite prepares a statement anew by itself where a table or a setting was changed.
 */
const KEPT = /^\s*(?:select|insert|update|delete|with|begin|commit)\b/i;

interface Prepared {
  readonly statement: SqliteStatement;
  /** As `statement.reader`, which is slow to ask each time. */
  readonly returnsRows: boolean;
}

/**
 * Prepares statements, and keeps those that were used lately. A kept one goes on returning 64-bit integers as
 * the database was told (`defaultSafeIntegers`) when it was first used.
 */
export class StatementCache {
  readonly #database: SqliteDatabase;
  #recent = new Map<string, Prepared>();
  #before = new Map<string, Prepared>();

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  /** A statement to be run to its end at once: what is still being read must not be started again. */
  prepare(sql: string): Prepared {
    const known = this.#recent.get(sql);
    if (known) return known;
    const prepared = this.#before.get(sql) ?? this.#prepare(sql);
    if (sql.length <= LONGEST && KEPT.test(sql)) this.#keep(sql, prepared);
    return prepared;
  }

  #prepare(sql: string): Prepared {
    const statement = this.#database.prepare(sql);
    return { statement, returnsRows: statement.reader };
  }

  #keep(sql: string, statement: Prepared): void {
    if (this.#recent.size === GENERATION) {
      this.#before = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(sql, statement);
  }
}

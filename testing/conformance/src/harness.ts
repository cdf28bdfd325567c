import type { LuciaOptions, SessionIds, UserColumns } from "@kysely-lucia/core";
import type { DefaultTableNames } from "@kysely-lucia/schema";
import type { KyselyConfig } from "kysely";
import type { LuciaErrorConstructor, Middleware, RequestContext, SessionAdapter } from "lucia-auth";
import type { Database, Instance, User } from "./database.js";

/** All that the suite has to be told about a dialect: facts, and how to reach a database. */
export interface Harness {
  /** Makes a database with nothing in it, for one test. */
  createDatabase(): Promise<TestDatabase>;

  /** The SQL type that `migrate` gives to `auth_user.id`, for a foreign key that refers to it. */
  readonly idType: string;

  /** What the driver's own error says was violated; undefined for any other error. */
  violation(error: unknown): "unique" | "foreign key" | undefined;

  /** What the package exports for apps, such as to tell them that a name is taken. */
  isUniqueViolation(error: unknown, column: string): boolean;

  /**
   * An error of the driver's, really thrown by it, after which another attempt may succeed: a deadlock, or a
   * database that another process has locked.
   */
  transientError(): Promise<unknown>;

  /**
   * How many pools of one process can write to one database at the same time. It is 1 for a driver
   * that holds up the whole process while it waits for a lock.
   */
  readonly poolsPerProcess: number;
}

/** A database that one test has to itself. */
export interface TestDatabase extends RawDatabase {
  /** Makes a pool of its own on this database, and the factory under test on that pool. */
  open(options: SuiteOptions): Promise<OpenPool>;

  /** Removes the database. By then the suite has closed what it opened. */
  destroy(): Promise<void>;
}

/**
 * Reads and writes a database without the code under test: on a connection of its own, so that only
 * what was committed is seen.
 */
export interface RawDatabase {
  /** All rows of a table, in any order, with integers as numbers and booleans as booleans. */
  rows(table: string): Promise<Row[]>;
  /** The names of all tables. */
  tables(): Promise<string[]>;
  /** The columns of each index of a table, in the order in which the index has them. */
  indexes(table: string): Promise<string[][]>;
  /** Runs one statement of standard SQL. */
  run(sql: string): Promise<void>;
}

/** A row as it is stored: null, strings, numbers and booleans. */
export type Row = Record<string, unknown>;

/** What the suite gives to a dialect's factory, next to the pool and to `schema<Database>()`. */
export interface SuiteOptions {
  lucia: LuciaOptions<Database, User, Middleware<[context: RequestContext]>>;
  userColumns: UserColumns;
  kysely?: Omit<KyselyConfig, "dialect">;
  sessions?: (error: LuciaErrorConstructor) => SessionAdapter;
  sessionIds?: SessionIds;
  tables?: DefaultTableNames;
  foreignKeys?: boolean;
  /** Only in the variants for databases that have schemas. */
  databaseSchema?: string;
}

/** The code under test on a pool of its own. */
export interface OpenPool {
  readonly instance: Instance;
  /** Whether the driver says that the pool is still open. */
  isOpen(): boolean;
}

import {
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import { SqliteDriver } from "./driver.js";
import type { SqliteDatabase } from "./sqlite-database.js";

/** Kysely's dialect for SQLite on our own driver. */
export class BetterSqlite3Dialect implements Dialect {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  createDriver(): Driver {
    return new SqliteDriver(this.#database);
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler();
  }

  /** Kysely 0.29 keeps a queue of its own for databases with one connection; the driver's is enough. */
  createAdapter(): DialectAdapter {
    return Object.defineProperty(new SqliteAdapter(), "supportsMultipleConnections", {
      value: true,
    });
  }

  // biome-ignore lint/suspicious/noExplicitAny: Kysely's own signature
  createIntrospector(db: Kysely<any>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }
}

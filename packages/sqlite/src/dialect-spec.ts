import type { DialectSpec } from "@kysely-lucia/core";
import type { Database } from "better-sqlite3";
import { SqliteIntrospector, SqliteQueryCompiler, sql } from "kysely";
import { checkDatabase } from "./check-database.js";
import { SqliteAdapter, SqliteDriver } from "./driver.js";
import { classifyError } from "./errors.js";

/** What core has to know about SQLite on better-sqlite3. */
export const dialectSpec: DialectSpec<Database> = {
  checkPool: checkDatabase,

  createDialect: (database) => ({
    createDriver: () => new SqliteDriver(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }),

  closePool: async (database) => {
    database.close();
  },

  classifyError,

  // better-sqlite3 binds no booleans.
  encodeBoolean: Number,

  columnTypes: {
    // SQLite compares text byte by byte unless it is told otherwise.
    id: "text",
    integer: "bigint",
    boolean: sql`boolean`,
    text: "text",
  },
};

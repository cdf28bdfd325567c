import { type DialectSpec, inspectSqliteTables } from "@kysely-lucia/core";
import { type SqlBool, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql } from "kysely";
import { checkPool } from "./check-pool.js";
import { checkSettings } from "./check-settings.js";
import { SqliteDriver } from "./driver.js";
import { classifyError, isUniqueViolation } from "./errors.js";

/** What core has to know about SQLite on better-sqlite3. */
export const dialectSpec: DialectSpec = {
  poolOption: "database",

  open: (pool) => {
    const database = checkPool(pool);
    return {
      dialect: {
        createDriver: () => new SqliteDriver(database),
        createQueryCompiler: () => new SqliteQueryCompiler(),
        createAdapter: () => new SqliteAdapter(),
        createIntrospector: (db) => new SqliteIntrospector(db),
      },
      pool: database,
      officialPool: database,
      close: async () => {
        database.close();
      },
    };
  },

  classifyError,
  isUniqueViolation,
  errorEndsTransaction: false,
  dataModifyingCtes: false,
  locksRows: false,
  transactionalDdl: true,
  cutsText: false,

  // better-sqlite3 binds no booleans.
  encodeBoolean: Number,

  // A column may have been told to take upper for lower case. Without such, this is found by its index.
  equalIds: (left, right) => sql<SqlBool>`${left} collate binary = ${right}`,

  inspectTables: inspectSqliteTables,

  checkSettings,

  columnTypes: async () => ({
    // SQLite compares text byte by byte unless it is told otherwise.
    id: "text",
    integer: "bigint",
    boolean: "boolean",
    text: "text",
  }),
};

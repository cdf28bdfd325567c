import { type DialectSpec, inspectSqliteTables } from "@kysely-lucia/core";
import { type SqlBool, SqliteDialect, sql } from "kysely";
import { checkPool } from "./check-pool.js";
import { classifyError, isUniqueViolation } from "./errors.js";

/**
 * What core has to know about libSQL. It is here to show that a dialect needs no change to core, and runs
 * in tests only.
 *
 * The dialect is Kysely's own, and the conformance suite asks no more of it. An app would want a driver
 * that takes the write lock when a transaction begins, refuses what comes after a rollback of SQLite's
 * own, and, with Kysely 0.29, hands out its one connection in turn.
 */
export const dialectSpec: DialectSpec = {
  poolOption: "database",

  open: (pool) => {
    const database = checkPool(pool);
    return {
      dialect: new SqliteDialect({ database }),
      pool: database,
      close: async () => database.close(),
    };
  },

  classifyError,
  isUniqueViolation,
  errorEndsTransaction: false,
  dataModifyingCtes: false,
  locksRows: false,
  transactionalDdl: true,
  cutsText: false,

  // A boolean ends the process: libSQL cannot bind it, and aborts.
  encodeBoolean: Number,

  // A column may have been told to take upper for lower case. Without such, this is found by its index.
  equalIds: (left, right) => sql<SqlBool>`${left} collate binary = ${right}`,

  inspectTables: inspectSqliteTables,

  columnTypes: async () => ({
    // Compared byte by byte, as `=` does with text unless it is told otherwise.
    id: "text",
    integer: "bigint",
    boolean: "boolean",
    text: "text",
  }),
};

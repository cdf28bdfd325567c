import { type DialectSpec, inspectSqliteTables } from "@kysely-lucia/core";
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql } from "kysely";
import { checkPool } from "./check-pool.js";
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

  inspectTables: inspectSqliteTables,

  // It was on when the pool was opened.
  checkSettings: async (db) => {
    const { rows } = await sql<{ isOn: unknown }>`
      select foreign_keys as "isOn" from pragma_foreign_keys
    `.execute(db);
    return Number(rows[0]?.isOn) === 1
      ? []
      : [
          {
            code: "setting",
            level: "warning",
            is: "told not to check foreign keys",
            shouldBe:
              "told to check them: they keep the app's own statements from leaving rows without a user",
            sql: ["pragma foreign_keys = on"],
            isByHand: true,
          },
        ];
  },

  columnTypes: async () => ({
    // SQLite compares text byte by byte unless it is told otherwise.
    id: "text",
    integer: "bigint",
    boolean: "boolean",
    text: "text",
  }),
};

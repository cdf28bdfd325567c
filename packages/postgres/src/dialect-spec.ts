import type { DialectSpec } from "@kysely-lucia/core";
import { PostgresDialect, sql } from "kysely";
import { checkPool } from "./check-pool.js";
import { classifyError, isUniqueViolation } from "./errors.js";
import { safePool } from "./safe-pool.js";

/** What core has to know about PostgreSQL on `pg`. */
export const dialectSpec: DialectSpec = {
  poolOption: "pool",

  open: (value) => {
    const pool = checkPool(value);
    const close = async () => {
      if (!pool.ending) await pool.end();
    };
    return {
      dialect: new PostgresDialect({ pool: safePool(pool, close) }),
      officialPool: pool,
      close,
    };
  },

  classifyError,
  isUniqueViolation,
  errorEndsTransaction: true,
  dataModifyingCtes: true,
  locksRows: true,
  cutsText: false,
  createsIndexIfNotExists: true,
  encodeBoolean: (value) => value,

  // An entry of an index has at most 2704 bytes, a character at most 4.
  maxIdLength: 650,

  currentSchema: sql<string | null>`current_schema()`,

  columnTypes: async () => ({
    id: "text",
    integer: "bigint",
    boolean: "boolean",
    text: "text",
  }),
};

import type { DialectSpec } from "@kysely-lucia/core";
import { PostgresDialect } from "kysely";
import { checkPool } from "./check-pool.js";
import { classifyError, isUniqueViolation } from "./errors.js";

/** What core has to know about PostgreSQL on `pg`. */
export const dialectSpec: DialectSpec = {
  poolOption: "pool",

  open: (value) => {
    const pool = checkPool(value);
    return {
      // Kysely ends a pool only if it has queried; `close` does it in any case, and once.
      dialect: new PostgresDialect({
        pool: { connect: () => pool.connect(), end: async () => {} },
      }),
      close: async () => {
        if (!pool.ending) await pool.end();
      },
    };
  },

  classifyError,
  isUniqueViolation,
  errorEndsTransaction: true,
  encodeBoolean: (value) => value,

  columnTypes: {
    id: "text",
    integer: "bigint",
    boolean: "boolean",
    text: "text",
  },
};

import type { DialectSpec } from "@kysely-lucia/core";
import {
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type SqlBool,
  sql,
} from "kysely";
import { checkPool } from "./check-pool.js";
import { PgDriver } from "./driver.js";
import { classifyError, hideValues, isUniqueViolation } from "./errors.js";
import { PreparedStatements } from "./prepared-statements.js";

/** A number that others do not lock, picked at random. */
const MIGRATION_LOCK = 7_203_915_846_092;

/** What core has to know about PostgreSQL on `pg`. */
export const dialectSpec: DialectSpec = {
  poolOption: "pool",

  preparesStatements: true,

  open: (value, sqls) => {
    const pool = checkPool(value);
    const prepared = new PreparedStatements(sqls);
    return {
      dialect: {
        createDriver: () => new PgDriver(pool, prepared),
        createQueryCompiler: () => new PostgresQueryCompiler(),
        createAdapter: () => new PostgresAdapter(),
        createIntrospector: (db) => new PostgresIntrospector(db),
      },
      pool,
      officialPool: pool,
      close: async () => {
        if (!pool.ending) await pool.end();
      },
    };
  },

  // In a collation that is not deterministic, and for citext, other ids are equal too.
  equalIds: (left, right) =>
    sql<SqlBool>`${left} = ${right} and cast(${left} as text) collate "C" = cast(${right} as text)`,

  classifyError,
  isUniqueViolation,
  hideValues,
  errorEndsTransaction: true,
  // From "repeatable read" on, all statements of a transaction see what the first one has found.
  isolationLevel: "read committed",
  dataModifyingCtes: true,
  locksRows: true,
  cutsText: false,
  createsIndexIfNotExists: true,
  encodeBoolean: (value) => value,

  // An entry of an index has at most 2704 bytes, a character at most 4.
  maxIdLength: 650,

  searchPath: async (db) => {
    const { rows } = await sql<{ name: string }>`
      select name::text from unnest(current_schemas(false)) with ordinality as path (name, place)
      order by place
    `.execute(db);
    return rows.map(({ name }) => name);
  },

  // Kysely's own stays with the connection, and cannot be given up in a transaction that has failed.
  lockMigrations: async (trx) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(trx);
  },

  columnTypes: async () => ({
    id: "text",
    integer: "bigint",
    boolean: "boolean",
    text: "text",
  }),
};

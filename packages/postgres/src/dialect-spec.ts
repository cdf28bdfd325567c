import type { DialectSpec, LockPurpose } from "@kysely-lucia/core";
import {
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type SqlBool,
  sql,
} from "kysely";
import { checkPool } from "./check-pool.js";
import { checkSettings } from "./check-settings.js";
import { PostgresDriver } from "./driver.js";
import { classifyError, hideValues, isUniqueViolation } from "./errors.js";
import { inspectTables } from "./inspect-tables.js";
import { PreparedStatements } from "./prepared-statements.js";

/** Numbers that others do not lock, picked at random. */
const LOCKS: Readonly<Record<LockPurpose, number>> = {
  migrate: 7_203_915_846_092,
  cleanup: 7_203_915_846_093,
};

/** What core has to know about PostgreSQL on `pg`. */
export const dialectSpec: DialectSpec = {
  poolOption: "pool",

  preparesStatements: true,

  open: (value, sqls) => {
    const pool = checkPool(value);
    const prepared = new PreparedStatements(sqls);
    return {
      dialect: {
        createDriver: () => new PostgresDriver(pool, prepared),
        createQueryCompiler: () => new PostgresQueryCompiler(),
        createAdapter: () => new PostgresAdapter(),
        createIntrospector: (db) => new PostgresIntrospector(db),
      },
      pool,
      officialPool: pool,
      hasConnectionToSpare: Number(Object(Reflect.get(pool, "options")).max) > 1,
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
  transactionalDdl: true,
  cutsText: false,
  encodeBoolean: (value) => value,

  // An entry of an index has at most 2704 bytes, a character at most 4.
  maxIdLength: 650,

  hasSchemas: true,
  inspectTables,
  checkSettings,

  // Ends with the transaction: behind a pooler, a lock of the session could not be given back. What waits for a table
  // holds up all who come after it, so that migrations wait no longer for those either. The transaction of a cleanup has nothing to do but to be there.
  lock: async (trx, purpose, seconds) => {
    const id = sql.lit(LOCKS[purpose]);
    const timeout = `${Math.max(1, 1000 * seconds)}ms`;
    await sql`select set_config('lock_timeout', ${timeout}, true), set_config('idle_in_transaction_session_timeout', '0', true)`.execute(
      trx,
    );
    if (seconds === 0) {
      const { rows } = await sql<{ isLocked: boolean }>`
        select pg_try_advisory_xact_lock(${id}) as "isLocked"
      `.execute(trx);
      return rows[0]?.isLocked === true;
    }
    try {
      await sql`select pg_advisory_xact_lock(${id})`.execute(trx);
      return true;
    } catch (error) {
      if (classifyError(error) === "lock_timeout") return false;
      throw error;
    }
  },

  lockTables: async (trx, tables) => {
    const all = sql.join(tables.map((table) => sql.table(table)));
    await sql`lock table ${all} in access exclusive mode`.execute(trx);
  },

  changeColumn: (table, column, type, isNullable) => {
    const changed = table.alterColumn(column, (alter) => alter.setDataType(type));
    return changed.alterColumn(column, (alter) =>
      isNullable ? alter.dropNotNull() : alter.setNotNull(),
    );
  },

  columnTypes: async () => ({
    id: "text",
    integer: "bigint",
    boolean: "boolean",
    text: "text",
  }),
};

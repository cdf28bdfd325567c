import type { DialectSpec, LockPurpose } from "@kysely-lucia/core";
import {
  type Expression,
  type Kysely,
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
  type SqlBool,
  sql,
} from "kysely";
import { checkPool, isEnded, readsValuesItself } from "./check-pool.js";
import { checkSettings } from "./check-settings.js";
import { MysqlDriver } from "./driver.js";
import { classifyError, hideValues, isUniqueViolation } from "./errors.js";
import { inspectTables } from "./inspect-tables.js";
import { PreparedStatements } from "./prepared-statements.js";

const ID_LENGTH = 255;

/** Of at most 64 characters, whatever the database is called. */
const lockName = (purpose: LockPurpose) =>
  sql`concat('${sql.raw(purpose)}.kysely_lucia.', sha1(coalesce(database(), '')))`;

/** What core has to know about MySQL and MariaDB on `mysql2`. */
export const dialectSpec: DialectSpec = {
  poolOption: "pool",

  preparesStatements: true,

  open: (value, sqls) => {
    const pool = checkPool(value);
    const prepared = new PreparedStatements(sqls, !readsValuesItself(pool));
    return {
      dialect: {
        createDriver: () => new MysqlDriver(pool, prepared),
        createQueryCompiler: () => new MysqlQueryCompiler(),
        createAdapter: () => new MysqlAdapter(),
        createIntrospector: (db) => new MysqlIntrospector(db),
      },
      pool,
      officialPool: pool.promise(),
      hasConnectionToSpare: Number(Object(Reflect.get(pool, "config")).connectionLimit) > 1,
      close: () =>
        new Promise((resolve, reject) => {
          if (isEnded(pool)) resolve();
          else pool.end((error) => (error ? reject(error) : resolve()));
        }),
    };
  },

  classifyError,
  isUniqueViolation,
  hideValues,
  errorEndsTransaction: false,
  dataModifyingCtes: false,
  locksRows: true,
  transactionalDdl: false,
  cutsText: true,
  encodeBoolean: Number,

  // First as the index has them, whose collation may take upper for lower case, then as bytes.
  equalIds: (left, right) =>
    sql<SqlBool>`${left} = ${right} and cast(convert(${left} using utf8mb4) as binary) = cast(convert(${right} using utf8mb4) as binary)`,

  textMayBeIncomparable: true,
  maxIdLength: ID_LENGTH,

  // Whatever the server's default is: there are engines without transactions.
  tableOptions: sql`engine = InnoDB`,

  inspectTables: async (db, names) => await inspectTables(db, names, await byteCollation(db)),
  checkSettings,

  // Locks are the server's, for all of its databases. It waits for tables for a day, and holds up all who come
  // after that, unless it is told otherwise.
  lock: async (connection, purpose, seconds) => {
    const { rows } = await sql<{ isLocked: unknown }>`
      select get_lock(${lockName(purpose)}, ${sql.lit(seconds)}) as isLocked
    `.execute(connection);
    if (Number(rows[0]?.isLocked) !== 1) return false;
    await sql`set @kysely_lucia_wait = @@lock_wait_timeout`.execute(connection);
    await sql`set session lock_wait_timeout = ${sql.lit(Math.max(1, seconds))}`.execute(connection);
    return true;
  },

  unlock: async (connection, purpose) => {
    await sql`set session lock_wait_timeout = @kysely_lucia_wait`.execute(connection);
    await sql`select release_lock(${lockName(purpose)})`.execute(connection);
  },

  // All at once, as each such statement lets go of what the one before has locked. It waits for transactions that have written to them.
  lockTables: async (connection, tables) => {
    const all = sql.join(tables.map((table) => sql`${sql.table(table)} write`));
    await sql`lock tables ${all}`.execute(connection);
  },

  unlockTables: async (connection) => {
    await sql`unlock tables`.execute(connection);
  },

  freezesForeignKeys: true,

  changeColumn: (table, column, type, isNullable) =>
    table.modifyColumn(column, type, (definition) =>
      isNullable ? definition : definition.notNull(),
    ),

  columnTypes: async (db) => ({
    id: await idType(db),
    integer: "bigint",
    boolean: "boolean",
    text: "text",
  }),
};

/**
 * The type of the ids that `migrate` creates, for columns of the app's own that refer to them: MySQL wants
 * the same collation on both sides of a foreign key.
 *
 * @param db asked which collations the server has
 * @throws the driver's own error where the server cannot be asked
 * @example
 * ```ts
 * await db.schema
 *   .createTable("note")
 *   .addColumn("user_id", await idType(db), (c) => c.notNull())
 *   .addForeignKeyConstraint("note_user_id", ["user_id"], "auth_user", ["id"])
 *   .execute();
 * ```
 */
// biome-ignore lint/suspicious/noExplicitAny: the tables of any app
export async function idType(db: Kysely<any>): Promise<Expression<string>> {
  const collation = sql.raw(await byteCollation(db));
  return sql<string>`varchar(${sql.lit(ID_LENGTH)}) character set utf8mb4 collate ${collation}`;
}

/**
 * The collation that compares by bytes, spaces at the end included: MySQL and MariaDB each have one of
 * their own. Where there is neither, spaces at the end make no difference.
 */
async function byteCollation(db: Kysely<unknown>): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select collation_name as name from information_schema.collations
    where collation_name in ('utf8mb4_0900_bin', 'utf8mb4_nopad_bin')
  `.execute(db);
  const there = rows.map(({ name }) => name);
  const wanted = ["utf8mb4_0900_bin", "utf8mb4_nopad_bin"] as const;
  return wanted.find((name) => there.includes(name)) ?? "utf8mb4_bin";
}

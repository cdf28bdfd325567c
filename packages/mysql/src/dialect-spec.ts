import type { DialectSpec } from "@kysely-lucia/core";
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
import { Mysql2Driver } from "./driver.js";
import { classifyError, hideValues, isUniqueViolation } from "./errors.js";
import { PreparedStatements } from "./prepared-statements.js";

const ID_LENGTH = 255;

/** What core has to know about MySQL and MariaDB on `mysql2`. */
export const dialectSpec: DialectSpec = {
  poolOption: "pool",

  preparesStatements: true,

  open: (value, sqls) => {
    const pool = checkPool(value);
    const prepared = new PreparedStatements(sqls, !readsValuesItself(pool));
    return {
      dialect: {
        createDriver: () => new Mysql2Driver(pool, prepared),
        createQueryCompiler: () => new MysqlQueryCompiler(),
        createAdapter: () => new MysqlAdapter(),
        createIntrospector: (db) => new MysqlIntrospector(db),
      },
      pool,
      officialPool: pool.promise(),
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
  cutsText: true,
  createsIndexIfNotExists: false,
  encodeBoolean: Number,

  // First as the index has them, whose collation may take upper for lower case, then as bytes.
  equalIds: (left, right) =>
    sql<SqlBool>`${left} = ${right} and cast(convert(${left} using utf8mb4) as binary) = cast(convert(${right} using utf8mb4) as binary)`,

  maxIdLength: ID_LENGTH,

  // Whatever the server's default is: there are engines without transactions.
  tableOptions: sql`engine = InnoDB`,

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

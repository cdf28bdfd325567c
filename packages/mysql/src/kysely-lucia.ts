import {
  assemble,
  type KyselyLucia,
  type OfficialAdapter,
  type Options,
  type RequiredTables,
} from "@kysely-lucia/core";
import type { DefaultTableNames, TableNames } from "@kysely-lucia/schema";
import type { Middleware, RequestContext } from "lucia-auth";
import { dialectSpec } from "./dialect-spec.js";
import type { MysqlPool } from "./mysql-pool.js";

/** The options of {@link kyselyLucia}. */
export interface MysqlOptions<
  DB,
  User extends object,
  M extends Middleware,
  Official extends OfficialAdapter | undefined,
  Names extends TableNames,
> extends Options<DB, User, M, Official, Names> {
  /**
   * The app's own pool of `mysql2` or of `mysql2/promise`, shared with the rest of the app. A pool of one
   * connection is enough.
   */
  pool: MysqlPool;
}

/**
 * Builds Kysely and Lucia on one `mysql2` pool.
 *
 * @throws ConfigurationError for what is not a pool of `mysql2`, for a pool that was ended, and for options
 *   that cannot work. Nothing is connected to before the first query.
 * @example
 * ```ts
 * const { db, auth, transaction, migrate, close } = kyselyLucia({
 *   pool: createPool(process.env.DATABASE_URL ?? "mysql://root@localhost/app"),
 *   schema: schema<Database>(),
 *   lucia: {
 *     env: "DEV",
 *     transformDatabaseUser: (user) => ({ userId: user.id, username: user.username }),
 *   },
 *   userColumns: (table) => table.addColumn("username", "varchar(255)", (c) => c.notNull().unique()),
 * });
 * ```
 */
export function kyselyLucia<
  DB,
  User extends object = { userId: string },
  M extends Middleware = Middleware<[context: RequestContext]>,
  Official extends OfficialAdapter | undefined = undefined,
  Names extends TableNames = DefaultTableNames,
>(
  options: MysqlOptions<DB, User, M, Official, Names> & RequiredTables<Names>,
): KyselyLucia<DB, User, M, Official, Names> {
  return assemble<DB, User, M, Official, Names>(dialectSpec, options);
}

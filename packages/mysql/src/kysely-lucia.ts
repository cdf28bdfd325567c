import { assemble, type Factory } from "@kysely-lucia/core";
import { dialectSpec } from "./dialect-spec.js";
import type { MysqlPool } from "./mysql-pool.js";

/** The options of {@link kyselyLucia} that are this dialect's own. */
export interface MysqlOptions {
  /**
   * The app's own pool of `mysql2` or of `mysql2/promise`, shared with the rest of the app. A pool of one
   * connection is enough.
   */
  pool: MysqlPool;
  /**
   * Whether the statements of `auth` are prepared on the server. Default: true. Set to false behind a proxy that does
   * not know prepared statements.
   */
  preparedStatements?: boolean;
}

/**
 * Builds Kysely and Lucia on one `mysql2` pool.
 *
 * @throws ConfigurationError for what is not a pool of `mysql2`, for a pool that was ended, has
 *   `typeCast: false` or a charset other than utf8mb4, and for options that cannot work. Nothing is connected to before the first query.
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
export const kyselyLucia: Factory<MysqlOptions> = (options) => assemble(dialectSpec, options);

import { assemble, type Factory } from "@kysely-lucia/core";
import { dialectSpec } from "./dialect-spec.js";
import type { PostgresPool } from "./postgres-pool.js";

/** The options of {@link kyselyLucia} that are this dialect's own. */
export interface PostgresOptions {
  /** The app's own `pg.Pool`, shared with the rest of the app. A pool of one connection is enough. */
  pool: PostgresPool;
  /**
   * The schema of the auth tables. The app's own queries then name it too: `db.withSchema("auth")`.
   * Default: the first of the `search_path` that has them.
   */
  databaseSchema?: string;
  /**
   * Whether the statements of `auth` are prepared on the server. Default: true. Set to false behind a pooler or a
   * proxy that does not know prepared statements at all. One that hands out another server connection for each
   * transaction (PgBouncer's transaction mode) needs nothing: preparing is given up when it is found out.
   */
  preparedStatements?: boolean;
}

/**
 * Builds Kysely and Lucia on one `pg` pool.
 *
 * @throws ConfigurationError for what is not a pool of `pg`, for a pool that was ended or has
 *   `binary: true`, and for options that cannot work. Nothing is connected to before the first query.
 * @example
 * ```ts
 * const { db, auth, transaction, migrate, close } = kyselyLucia({
 *   pool: new pg.Pool({ connectionString: process.env.DATABASE_URL }),
 *   schema: schema<Database>(),
 *   lucia: {
 *     env: "DEV",
 *     transformDatabaseUser: (user) => ({ userId: user.id, username: user.username }),
 *   },
 *   userColumns: (table) => table.addColumn("username", "text", (c) => c.notNull().unique()),
 * });
 * ```
 */
export const kyselyLucia: Factory<PostgresOptions> = (options) => assemble(dialectSpec, options);

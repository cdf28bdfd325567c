import { assemble, type Factory } from "@kysely-lucia/core";
import { dialectSpec } from "./dialect-spec.js";
import type { SqliteDatabase } from "./sqlite-database.js";

/** The options of {@link kyselyLucia} that are this dialect's own. */
export interface SqliteOptions {
  /** The app's own better-sqlite3 database, open, shared with the rest of the app. */
  database: SqliteDatabase;
}

/**
 * Builds Kysely and Lucia on one better-sqlite3 database.
 *
 * @throws ConfigurationError for a database that is closed, read-only or not SQLite, for foreign keys
 *   that are switched off, and for options that cannot work. Nothing is written before.
 * @example
 * ```ts
 * const { db, auth, transaction, migrate, close } = kyselyLucia({
 *   database: new SQLite("app.db"),
 *   schema: schema<Database>(),
 *   lucia: {
 *     env: "DEV",
 *     transformDatabaseUser: (user) => ({ userId: user.id, username: user.username }),
 *   },
 *   userColumns: (table) => table.addColumn("username", "text", (c) => c.notNull().unique()),
 * });
 * ```
 */
export const kyselyLucia: Factory<SqliteOptions> = (options) => assemble(dialectSpec, options);

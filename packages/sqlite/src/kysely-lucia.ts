import { assemble, type KyselyLucia, type OfficialAdapter, type Options } from "@kysely-lucia/core";
import type { WithUsers } from "@kysely-lucia/schema";
import type { Middleware, RequestContext } from "lucia-auth";
import { dialectSpec } from "./dialect-spec.js";
import type { SqliteDatabase } from "./sqlite-database.js";

/** The options of {@link kyselyLucia}. */
export interface SqliteOptions<
  DB extends WithUsers,
  User extends object,
  M extends Middleware,
  Official extends OfficialAdapter | undefined,
> extends Options<DB, User, M, Official> {
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
export function kyselyLucia<
  DB extends WithUsers,
  User extends object = { userId: string },
  M extends Middleware = Middleware<[context: RequestContext]>,
  Official extends OfficialAdapter | undefined = undefined,
>(options: SqliteOptions<DB, User, M, Official>): KyselyLucia<DB, User, M, Official> {
  return assemble<DB, User, M, Official>(dialectSpec, options);
}

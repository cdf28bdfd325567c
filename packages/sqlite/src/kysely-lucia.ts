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
import type { SqliteDatabase } from "./sqlite-database.js";

/** The options of {@link kyselyLucia}. */
export interface SqliteOptions<
  DB,
  User extends object,
  M extends Middleware,
  Official extends OfficialAdapter | undefined,
  Names extends TableNames,
> extends Options<DB, User, M, Official, Names> {
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
  DB,
  User extends object = { userId: string },
  M extends Middleware = Middleware<[context: RequestContext]>,
  Official extends OfficialAdapter | undefined = undefined,
  Names extends TableNames = DefaultTableNames,
>(
  options: SqliteOptions<DB, User, M, Official, Names> & RequiredTables<Names>,
): KyselyLucia<DB, User, M, Official, Names> {
  return assemble<DB, User, M, Official, Names>(dialectSpec, options);
}

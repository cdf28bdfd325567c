import {
  assemble,
  type KyselyLucia,
  type OfficialAdapter,
  type Options,
  type RequiredTables,
} from "@kysely-lucia/core";
import type { DefaultTableNames, TableNames } from "@kysely-lucia/schema";
import type { Middleware, RequestContext } from "lucia-auth";
import type { LibsqlDatabase } from "./check-pool.js";
import { dialectSpec } from "./dialect-spec.js";

/** The options of {@link kyselyLucia}. */
interface LibsqlOptions<
  DB,
  User extends object,
  M extends Middleware,
  Official extends OfficialAdapter | undefined,
  Names extends TableNames,
> extends Options<DB, User, M, Official, Names> {
  /** The app's own libSQL database, open. */
  database: LibsqlDatabase;
}

/** Builds Kysely and Lucia on one libSQL database. */
export function kyselyLucia<
  DB,
  User extends object = { userId: string },
  M extends Middleware = Middleware<[context: RequestContext]>,
  Official extends OfficialAdapter | undefined = undefined,
  Names extends TableNames = DefaultTableNames,
>(
  options: LibsqlOptions<DB, User, M, Official, Names> & RequiredTables<Names>,
): KyselyLucia<DB, User, M, Official, Names> {
  return assemble<DB, User, M, Official, Names>(dialectSpec, options);
}

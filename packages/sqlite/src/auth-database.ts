import {
  type AuthTables,
  schema as anySchema,
  type DefaultTableNames,
  type Schema,
  type TableNames,
} from "@kysely-lucia/schema";
import type { ColumnType } from "kysely";

/** What better-sqlite3 may make of an integer. It takes both. */
type AnyInteger = number | bigint;
type IntegerColumn<Selected> = ColumnType<Selected, AnyInteger, AnyInteger>;

/** What a database was told to make of integers; booleans are integers too. */
interface Parsed {
  integer?: AnyInteger;
}

/** What better-sqlite3 returns for the columns that drivers disagree on. */
interface Columns<P extends Parsed> {
  integer: IntegerColumn<P extends { integer: infer Integer } ? Integer : number>;
  boolean: IntegerColumn<P extends { integer: infer Integer } ? Integer : number>;
}

/**
 * The auth tables as better-sqlite3 returns them, to be extended by an app's `Database`.
 *
 * @typeParam UserAttributes the columns of `auth_user` beside `id`, in Kysely's terms (`Generated`,
 *   `ColumnType`)
 * @typeParam P `{ integer: bigint }` for a database with `defaultSafeIntegers()`
 * @typeParam Names those of the option `tables`
 * @example
 * ```ts
 * interface Database extends AuthDatabase<{ username: string }> {
 *   note: { id: Generated<number>; user_id: string; body: string };
 * }
 * ```
 */
export type AuthDatabase<
  UserAttributes = object,
  P extends Parsed = object,
  Names extends TableNames = DefaultTableNames,
> = AuthTables<UserAttributes, Columns<P>, Names>;

/** What the columns may be declared as: by {@link AuthDatabase}, or plainly as what arrives. */
interface AcceptedColumns {
  integer: IntegerColumn<AnyInteger> | number;
  boolean: IntegerColumn<AnyInteger> | number;
}

/**
 * Names the `Database` type that the factory works with. A database without the auth tables, or with
 * a wrong column in them, does not compile.
 *
 * @example
 * ```ts
 * kyselyLucia({ schema: schema<Database>(), … });
 * ```
 */
export function schema<
  DB extends AuthTables<object, AcceptedColumns, Names>,
  Names extends TableNames = DefaultTableNames,
>(): Schema<DB, Names> {
  return anySchema<DB, Names>();
}

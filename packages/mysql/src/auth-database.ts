import {
  type AuthTables,
  schema as anySchema,
  type DefaultTableNames,
  type Schema,
  type TableNames,
} from "@kysely-lucia/schema";
import type { ColumnType } from "kysely";

/** What `mysql2` may make of a `bigint`. It takes all of these. */
type AnyInteger = number | string | bigint;
type IntegerColumn<Selected> = ColumnType<Selected, AnyInteger, AnyInteger>;

/** What `mysql2` may make of a `tinyint(1)`. It takes both. */
type AnyBoolean = number | boolean;
type BooleanColumn<Selected> = ColumnType<Selected, AnyBoolean, AnyBoolean>;

/** What a pool was told to make of a `bigint` and of a `tinyint(1)`. */
interface Parsed {
  integer?: AnyInteger;
  boolean?: AnyBoolean;
}

/** What `mysql2` returns for the columns that drivers disagree on. */
interface Columns<P extends Parsed> {
  integer: IntegerColumn<P extends { integer: infer Integer } ? Integer : number>;
  boolean: BooleanColumn<P extends { boolean: infer Bool } ? Bool : number>;
}

/**
 * The auth tables as `mysql2` returns them, to be extended by an app's `Database`.
 *
 * @typeParam UserAttributes the columns of `auth_user` beside `id`, in Kysely's terms (`Generated`,
 *   `ColumnType`)
 * @typeParam P `{ integer: string }` for a pool with `supportBigNumbers` and `bigNumberStrings`; what the
 *   pool's `typeCast` returns for a `bigint` (`integer`) and for a `tinyint(1)` (`boolean`)
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
  boolean: BooleanColumn<AnyBoolean> | number;
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

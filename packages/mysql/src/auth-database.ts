import {
  type AuthTables,
  schema as anySchema,
  type DefaultTableNames,
  type Schema,
  type TableNames,
} from "@kysely-lucia/schema";
import type { ColumnType } from "kysely";

/** What `mysql2` may make of a `bigint`. */
type AnyInteger = number | string | bigint;

/** A `bigint` column: `mysql2` returns what it was told to, and takes all of these. */
type BigInteger<Selected> = ColumnType<Selected, AnyInteger, AnyInteger>;

/** A `tinyint(1)` column: `mysql2` returns numbers unless it is told otherwise, and takes booleans too. */
type TinyInteger<Selected> = ColumnType<Selected, number | boolean, number | boolean>;

/**
 * The auth tables as `mysql2` returns them, to be extended by an app's `Database`.
 *
 * `UserAttributes` are the columns of `auth_user` beside `id`, in Kysely's terms (`Generated`,
 * `ColumnType`). `Integer` is what the pool makes of a `bigint`: a number by default, `string` with
 * `supportBigNumbers` and `bigNumberStrings`, or what its `typeCast` returns. `Names` are those of the option
 * `tables`. `Bool` is what the pool's `typeCast` makes of a `tinyint(1)`, a number by default.
 *
 * @example
 * ```ts
 * interface Database extends AuthDatabase<{ username: string }> {
 *   note: { id: Generated<number>; user_id: string; body: string };
 * }
 * ```
 */
export type AuthDatabase<
  UserAttributes = object,
  Integer extends AnyInteger = number,
  Names extends TableNames = DefaultTableNames,
  Bool extends number | boolean = number,
> = AuthTables<UserAttributes, { integer: BigInteger<Integer>; boolean: TinyInteger<Bool> }, Names>;

/** What the columns may be declared as: by {@link AuthDatabase}, or plainly as what `mysql2` returns. */
interface AcceptedColumns {
  integer: BigInteger<AnyInteger> | number;
  boolean: TinyInteger<number | boolean> | number;
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

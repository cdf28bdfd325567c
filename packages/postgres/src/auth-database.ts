import {
  type AuthTables,
  schema as anySchema,
  type DefaultTableNames,
  type Schema,
  type TableNames,
} from "@kysely-lucia/schema";
import type { ColumnType } from "kysely";

/** A 64-bit integer column: `pg` returns strings, and takes numbers as well. */
type Int8<Selected> = ColumnType<Selected, string | number | bigint, string | number | bigint>;

/**
 * The auth tables as `pg` returns them, to be extended by an app's `Database`.
 *
 * `UserAttributes` are the columns of `auth_user` beside `id`, in Kysely's terms (`Generated`,
 * `ColumnType`). `Integer` is what the pool's `types` make of a `bigint`, a string by default. `Names` are
 * those of the option `tables`.
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
  Integer extends string | number | bigint = string,
  Names extends TableNames = DefaultTableNames,
> = AuthTables<UserAttributes, { integer: Int8<Integer>; boolean: boolean }, Names>;

/** What the columns may be declared as: by {@link AuthDatabase}, or plainly as what `pg` returns. */
interface AcceptedColumns {
  integer: Int8<string | number | bigint> | string;
  boolean: boolean;
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

import {
  type AuthTables,
  schema as anySchema,
  type DefaultTableNames,
  type Schema,
  type TableNames,
} from "@kysely-lucia/schema";

/**
 * The auth tables as better-sqlite3 returns them, to be extended by an app's `Database`.
 *
 * `UserAttributes` are the columns of `auth_user` beside `id`, in Kysely's terms (`Generated`,
 * `ColumnType`). `Integer` is `bigint` for a database with `defaultSafeIntegers()`. `Names` are those of
 * the option `tables`.
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
  Integer extends number | bigint = number,
  Names extends TableNames = DefaultTableNames,
> = AuthTables<UserAttributes, { integer: Integer; boolean: Integer }, Names>;

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
  DB extends AuthDatabase<object, number | bigint, Names>,
  Names extends TableNames = DefaultTableNames,
>(): Schema<DB, Names> {
  return anySchema<DB, Names>();
}

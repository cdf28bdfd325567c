import {
  type AuthTables,
  schema as anySchema,
  type DefaultTableNames,
  type Schema,
  type TableNames,
} from "@kysely-lucia/schema";
import type { ColumnType } from "kysely";

/** What `pg` may make of a `bigint`. It takes all of these. */
type AnyInteger = string | number | bigint;
type IntegerColumn<Selected> = ColumnType<Selected, AnyInteger, AnyInteger>;

/** What a pool was told to make of a `bigint`, by its `types`. */
interface Parsed {
  integer?: AnyInteger;
}

/** What `pg` returns for the columns that drivers disagree on. */
interface Columns<P extends Parsed> {
  integer: IntegerColumn<P extends { integer: infer Integer } ? Integer : string>;
  boolean: boolean;
}

/**
 * The auth tables as `pg` returns them, to be extended by an app's `Database`.
 *
 * @typeParam UserAttributes the columns of `auth_user` beside `id`, in Kysely's terms (`Generated`,
 *   `ColumnType`)
 * @typeParam P `{ integer: number }` for a pool whose `types` make numbers of a `bigint`
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
  integer: IntegerColumn<AnyInteger> | string;
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

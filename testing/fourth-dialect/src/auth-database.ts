import {
  type AuthTables,
  schema as anySchema,
  type DefaultTableNames,
  type Schema,
  type TableNames,
} from "@kysely-lucia/schema";

/** The auth tables as libSQL returns them: integers and booleans as numbers. */
type AuthDatabase<Names extends TableNames> = AuthTables<
  object,
  { integer: number; boolean: number },
  Names
>;

/** Names the `Database` type that the factory works with. */
export function schema<
  DB extends AuthDatabase<Names>,
  Names extends TableNames = DefaultTableNames,
>(): Schema<DB, Names> {
  return anySchema<DB, Names>();
}

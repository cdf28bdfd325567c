import type { DefaultTableNames, TableNames } from "./table-names.js";

/** Carries a `Database` type, and the names of its auth tables, into a factory. Empty at run time. */
export interface Schema<DB, Names extends TableNames = DefaultTableNames> {
  readonly "~database"?: DB;
  readonly "~tables"?: Names;
}

/**
 * Names the `Database` type that a factory works with.
 *
 * Dialect packages export this function narrowed to databases that have the auth tables, so that a
 * missing table or a wrong column does not compile.
 */
export function schema<DB, Names extends TableNames = DefaultTableNames>(): Schema<DB, Names> {
  return {};
}

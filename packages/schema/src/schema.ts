/** Carries a `Database` type into a factory. There is nothing in it at run time. */
export interface Schema<DB> {
  readonly "~database"?: DB;
}

/**
 * Names the `Database` type that a factory works with.
 *
 * Dialect packages export this function narrowed to databases that have the auth tables, so that a
 * missing table or a wrong column does not compile.
 */
export function schema<DB>(): Schema<DB> {
  return {};
}

import type { DefaultTableNames, TableNames } from "./table-names.js";

/**
 * What a driver returns for the two column types of the auth tables that drivers disagree on.
 * Every dialect package fills this in with what arrives at run time.
 */
export interface ColumnTypes {
  /** A 64-bit integer column. */
  integer: unknown;
  /** A boolean column. */
  boolean: unknown;
}

/** The auth tables, by what they are for. */
interface TablesByPurpose<UserAttributes, Columns extends ColumnTypes> {
  /** A user and the application's own columns. */
  user: { id: string } & UserAttributes;
  /** A session: `active` until `active_expires`, renewable until `idle_expires`. */
  session: {
    id: string;
    user_id: string;
    active_expires: Columns["integer"];
    idle_expires: Columns["integer"];
  };
  /** A way to sign in, `id` being `provider:name`. A key that has `expires` can be used once. */
  key: {
    id: string;
    user_id: string;
    primary_key: Columns["boolean"];
    hashed_password: string | null;
    expires: Columns["integer"] | null;
  };
}

/**
 * The three tables that Lucia 1.x keeps, as a Kysely `Database` type: `auth_user`, `auth_session` and
 * `auth_key`, unless they have other names.
 *
 * Times are milliseconds since 1970. Applications use the `AuthDatabase` of their dialect's
 * package, which is this type with that dialect's {@link ColumnTypes}.
 */
export type AuthTables<
  UserAttributes,
  Columns extends ColumnTypes,
  Names extends TableNames = DefaultTableNames,
> = {
  [Purpose in keyof TableNames as Names[Purpose]]: TablesByPurpose<
    UserAttributes,
    Columns
  >[Purpose];
};

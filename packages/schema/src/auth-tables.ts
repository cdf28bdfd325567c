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

/**
 * The three tables that Lucia 1.x keeps, as a Kysely `Database` type.
 *
 * Times are milliseconds since 1970. Applications use the `AuthDatabase` of their dialect's
 * package, which is this type with that dialect's {@link ColumnTypes}.
 */
export interface AuthTables<UserAttributes, Columns extends ColumnTypes> {
  /** A user and the application's own columns. */
  auth_user: { id: string } & UserAttributes;
  /** A session: `active` until `active_expires`, renewable until `idle_expires`. */
  auth_session: {
    id: string;
    user_id: string;
    active_expires: Columns["integer"];
    idle_expires: Columns["integer"];
  };
  /** A way to sign in, `id` being `provider:name`. A key that has `expires` can be used once. */
  auth_key: {
    id: string;
    user_id: string;
    primary_key: Columns["boolean"];
    hashed_password: string | null;
    expires: Columns["integer"] | null;
  };
}

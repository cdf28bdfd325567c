/** The names that the three auth tables have in a database. */
export interface TableNames {
  /** The table of users. Default: `auth_user`. */
  readonly user: string;
  /** The table of sessions. Default: `auth_session`. */
  readonly session: string;
  /** The table of keys. Default: `auth_key`. */
  readonly key: string;
}

/** Lucia's own names for the auth tables. */
export interface DefaultTableNames extends TableNames {
  readonly user: "auth_user";
  readonly session: "auth_session";
  readonly key: "auth_key";
}

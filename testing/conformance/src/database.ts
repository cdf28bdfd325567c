import type { KyselyLucia, UserColumns } from "@kysely-lucia/core";
import type { Middleware, RequestContext } from "lucia-auth";

/**
 * The database that the suite works with: two columns of an app's own in `auth_user`, and a table
 * of its own that refers to it.
 *
 * What drivers disagree on is `never`, which fits the `AuthDatabase` of every dialect. The suite
 * reads those columns in no other way than through {@link RawDatabase.rows}.
 */
export interface Database {
  auth_user: { id: string; username: string; nickname: string | null };
  auth_session: { id: string; user_id: string; active_expires: never; idle_expires: never };
  auth_key: {
    id: string;
    user_id: string;
    primary_key: never;
    hashed_password: string | null;
    expires: null;
  };
  note: { user_id: string; body: string };
}

/** What the suite's `transformDatabaseUser` makes of a row of `auth_user`. */
export interface User {
  userId: string;
  username: string;
  nickname: string | null;
}

/** What a dialect's factory returns for the suite's options. */
export type Instance = KyselyLucia<Database, User, Middleware<[context: RequestContext]>>;

/** The suite's columns of `auth_user`: a name that is unique, and one that may be missing. */
export const userColumns: UserColumns = (table) =>
  table
    .addColumn("username", "varchar(255)", (column) => column.notNull().unique())
    .addColumn("nickname", "varchar(255)");

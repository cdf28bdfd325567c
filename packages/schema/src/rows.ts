import type { Insertable, Selectable, Simplify, Updateable } from "kysely";

/** Any `Database` that has a table of users. */
export interface WithUsers {
  auth_user: { id: string };
}

/** A row of `auth_user` as it arrives from the database. */
export type UserRow<DB extends WithUsers> = Selectable<DB["auth_user"]>;

/** The columns of `auth_user` that a new user needs, all but `id`. */
export type UserAttributes<DB extends WithUsers> = Simplify<
  Omit<Insertable<DB["auth_user"]>, "id">
>;

/** The columns of `auth_user` that may be changed, all but `id`. */
export type UserAttributesUpdate<DB extends WithUsers> = Simplify<
  Omit<Updateable<DB["auth_user"]>, "id">
>;

import type { Insertable, Selectable, Simplify, Updateable } from "kysely";
import type { TableNames } from "./table-names.js";

/** The table of users in an app's `Database`. */
type UserTable<DB, Names extends TableNames> = DB[Names["user"] & keyof DB];

/** A row of the table of users as it arrives from the database. */
export type UserRow<DB, Names extends TableNames> = Selectable<UserTable<DB, Names>>;

/** The columns of the table of users that a new user needs, all but `id`. */
export type UserAttributes<DB, Names extends TableNames> = Simplify<
  Omit<Insertable<UserTable<DB, Names>>, "id">
>;

/** The columns of the table of users that may be changed, all but `id`. */
export type UserAttributesUpdate<DB, Names extends TableNames> = Simplify<
  Omit<Updateable<UserTable<DB, Names>>, "id">
>;

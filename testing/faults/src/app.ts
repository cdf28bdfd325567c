import type { KyselyLucia, UserColumns } from "@kysely-lucia/core";
import type { Middleware, RequestContext } from "lucia-auth";

/** What drivers disagree on is `never`, which fits the `AuthDatabase` of every dialect. */
export interface Database {
  auth_user: { id: string; username: string };
  auth_session: { id: string; user_id: string; active_expires: never; idle_expires: never };
  auth_key: {
    id: string;
    user_id: string;
    primary_key: never;
    hashed_password: string | null;
    expires: null;
  };
  note: { username: string; body: string };
}

interface User {
  userId: string;
  username: string;
}

/** The code under test, on a database of any kind. */
export type App = KyselyLucia<Database, User, Middleware<[context: RequestContext]>>;

const userColumns: UserColumns = (table) =>
  table.addColumn("username", "varchar(255)", (column) => column.notNull().unique());

/** What each dialect's factory is given beside its pool. */
export const options = {
  lucia: {
    env: "DEV",
    transformDatabaseUser: ({ id, username }: { id: string; username: string }) => ({
      userId: id,
      username,
    }),
  },
  userColumns,
} as const;

/** Makes the tables. */
export async function createTables({ migrate, db }: App): Promise<void> {
  await migrate();
  await db.schema
    .createTable("note")
    .addColumn("username", "varchar(255)")
    .addColumn("body", "text")
    .execute();
}

/** A user with a key, and no password: time is for the database, not for hashing. */
export const signUp = ({ auth }: Pick<App, "auth">, username: string) =>
  auth.createUser({
    primaryKey: { providerId: "username", providerUserId: username, password: null },
    attributes: { username },
  });

/** Users of this kind have a note: both were written in one transaction. */
const WITH_NOTE = "noted";
export const withNote = (username: string) => `${WITH_NOTE} ${username}`;

/** Writes the note of a user, large enough to need room of its own. */
export async function writeNote({ db }: Pick<App, "db">, username: string): Promise<void> {
  await db
    .insertInto("note")
    .values({ username, body: "Welcome. ".repeat(2000) })
    .execute();
}

/** What must never be in the database, whatever happens: queries that find it, one by one. */
export const damage: Readonly<Record<string, string>> = {
  "users without a key":
    "select username from auth_user where id not in (select user_id from auth_key)",
  "keys without a user": "select id from auth_key where user_id not in (select id from auth_user)",
  "sessions without a user":
    "select id from auth_session where user_id not in (select id from auth_user)",
  "users whose note is missing":
    `select username from auth_user where username like '${WITH_NOTE} %' ` +
    "and username not in (select username from note)",
  "notes whose user is missing":
    "select username from note where username not in (select username from auth_user)",
};

/** All that a {@link Ledger} can have an entry of. */
export const things = [
  "select concat('user ', username) from auth_user",
  "select concat('session ', id) from auth_session",
];

import { express, kyselyLucia, schema } from "@kysely-lucia/sqlite";
import SQLite from "better-sqlite3";
import type { Database } from "./database.js";

const HOUR = 60 * 60 * 1000;

/** How long a session lasts, in milliseconds: one that is used in its idle time is renewed. */
export const sessionExpiresIn = { activePeriod: 24 * HOUR, idlePeriod: 14 * 24 * HOUR };

/**
 * Opens the one database file and builds on it Kysely (`db`), Lucia (`auth`), and transactions that
 * span both. All that this site knows about its users goes through what is returned here.
 *
 * With `env: "PROD"` the session cookie travels over HTTPS only.
 */
export function openBackend(file: string, env: "DEV" | "PROD") {
  return kyselyLucia({
    database: new SQLite(file),
    schema: schema<Database>(),
    // Whoever gets hold of the file cannot sign in with what is in it.
    sessionIds: "hashed",
    lucia: {
      env,
      sessionExpiresIn,
      middleware: express(),
      transformDatabaseUser: ({ id, username }) => ({ userId: id, username }),
    },
    userColumns: (table) =>
      table.addColumn("username", "text", (column) => column.notNull().unique()),
  });
}

/** `db`, `auth`, `transaction`, `migrate` and `close`, typed by this site's tables and users. */
export type Backend = ReturnType<typeof openBackend>;

/** A user as `transformDatabaseUser` makes it. */
export type User = ReturnType<Backend["auth"]["transformDatabaseUser"]>;

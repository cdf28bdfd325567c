import { kyselyLucia, schema } from "@kysely-lucia/postgres";
import { web } from "lucia-auth/middleware";
import pg from "pg";
import type { Database } from "./database.js";

const HOUR = 60 * 60 * 1000;

/** How long a session lasts, in milliseconds: one that is used in its idle time is renewed. */
export const sessionExpiresIn = { activePeriod: 24 * HOUR, idlePeriod: 14 * 24 * HOUR };

/**
 * Opens the one pool and builds on it Kysely (`db`), Lucia (`auth`), and transactions that span both.
 * All that this site knows about its users goes through what is returned here.
 *
 * @param origin the address that browsers know the site by, if it is another than the one that requests
 *   are sent to: behind a proxy. With one of HTTPS the session cookie travels over HTTPS only.
 */
export function openBackend(databaseUrl: string, origin: string | undefined) {
  return kyselyLucia({
    pool: new pg.Pool({ connectionString: databaseUrl }),
    schema: schema<Database>(),
    // Whoever gets hold of the tables cannot sign in with what is in them.
    sessionIds: "hashed",
    lucia: {
      env: origin?.startsWith("https:") ? "PROD" : "DEV",
      origin: origin ? [origin] : [],
      sessionExpiresIn,
      middleware: web(),
      transformDatabaseUser: ({ id, username }) => ({ userId: id, username }),
    },
    userColumns: (table) => table.addColumn("username", "text", (column) => column.notNull()),
  });
}

/** `db`, `auth`, `transaction`, `migrate` and `close`, typed by this site's tables and users. */
export type Backend = ReturnType<typeof openBackend>;

/** A user as `transformDatabaseUser` makes it. */
export type User = ReturnType<Backend["auth"]["transformDatabaseUser"]>;

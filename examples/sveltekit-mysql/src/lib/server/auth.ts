import { kyselyLucia, schema, sveltekit } from "@kysely-lucia/mysql";
import { createPool, type Pool } from "mysql2";
import type { Database } from "./database.js";
import { databaseUrl, isHttps } from "./settings.js";

const HOUR = 60 * 60 * 1000;

/** How long a session lasts, in milliseconds: one that is used in its idle time is renewed. */
export const sessionExpiresIn = { activePeriod: 24 * HOUR, idlePeriod: 14 * 24 * HOUR };

// `vite dev` runs this file again after each change of it: the pool stays, whatever is built on it.
const kept = globalThis as { pocketNotesPool?: Pool };
kept.pocketNotesPool ??= createPool({ uri: databaseUrl(), connectionLimit: 10 });

/**
 * Kysely (`db`), Lucia (`auth`), and transactions that span both, on the one pool of this site. All
 * that it knows about its users goes through these.
 */
export const { db, auth, transaction, migrate, close } = kyselyLucia({
  pool: kept.pocketNotesPool,
  schema: schema<Database>(),
  // Whoever gets hold of the tables cannot sign in with what is in them.
  sessionIds: "hashed",
  lucia: {
    // With `PROD` the session cookie travels over HTTPS only.
    env: isHttps ? "PROD" : "DEV",
    sessionExpiresIn,
    middleware: sveltekit(),
    transformDatabaseUser: ({ id, username, email, email_verified_at }) => ({
      userId: id,
      username,
      email,
      isEmailVerified: email_verified_at !== null,
    }),
  },
  userColumns: (table) =>
    table
      .addColumn("username", "varchar(24)", (column) => column.notNull().unique())
      .addColumn("email", "varchar(254)", (column) => column.notNull())
      .addColumn("email_verified_at", "bigint"),
});

/** A user as `transformDatabaseUser` makes it. */
export type User = ReturnType<typeof auth.transformDatabaseUser>;

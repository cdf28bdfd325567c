import { kyselyLucia, nextjs, schema } from "@kysely-lucia/postgres";
import pg from "pg";
import type { Database } from "./database";
import { databaseUrl, isHttps } from "./settings";

const HOUR = 60 * 60 * 1000;

/** How long a session lasts, in milliseconds: one that is used in its idle time is renewed. */
export const sessionExpiresIn = { activePeriod: 24 * HOUR, idlePeriod: 14 * 24 * HOUR };

/**
 * One pool for the process. Next.js evaluates this file once for each of its bundles, and in development
 * again whenever it or something around it is edited, so the pool is kept outside of it. It connects with
 * the first query: `next build` needs no database.
 */
const kept = globalThis as { notesPool?: pg.Pool };
kept.notesPool ??= new pg.Pool({ connectionString: databaseUrl() });

/** Kysely (`db`), Lucia (`auth`), and transactions that span both, on that pool. */
export const { db, auth, transaction, migrate, close } = kyselyLucia({
  pool: kept.notesPool,
  schema: schema<Database>(),
  // Whoever gets hold of the tables cannot sign in with what is in them.
  sessionIds: "hashed",
  lucia: {
    // PROD: the session cookie travels over HTTPS only.
    env: isHttps() ? "PROD" : "DEV",
    sessionExpiresIn,
    middleware: nextjs(),
    transformDatabaseUser: ({ id, username }) => ({ userId: id, username }),
  },
  userColumns: (table) =>
    table.addColumn("username", "text", (column) => column.notNull().unique()),
});

/** A user as `transformDatabaseUser` makes it. */
export type User = ReturnType<typeof auth.transformDatabaseUser>;

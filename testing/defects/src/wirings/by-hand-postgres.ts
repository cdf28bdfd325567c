import { pg } from "@lucia-auth/adapter-postgresql";
import { Kysely, PostgresDialect } from "kysely";
import lucia from "lucia-auth";
import { express } from "lucia-auth/middleware";
import { openPostgres, postgresProbes } from "./postgres-database.js";
import type { AppTables, WiringSource } from "./wiring.js";

/** Wired by hand: stock Kysely beside stock Lucia with its official adapter, on one pool. */
export const byHandPostgres: WiringSource = {
  name: "by-hand-postgres",

  open: async (location, settings) => {
    const pool = openPostgres(location, settings.pool);
    const db = new Kysely<AppTables>({ dialect: new PostgresDialect({ pool }) });
    // The adapter is typed by an older release of pg's types, which it brings along.
    const adapter = pg(pool as unknown as Parameters<typeof pg>[0]);
    return {
      db,
      auth: lucia({ ...settings.lucia, adapter, env: "DEV" }),
      express: express(),
      close: () => db.destroy(),
      ...postgresProbes(location, pool),
    };
  },
};

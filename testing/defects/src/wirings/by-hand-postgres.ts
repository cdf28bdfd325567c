import { pg } from "@lucia-auth/adapter-postgresql";
import { Kysely, PostgresDialect } from "kysely";
import lucia from "lucia-auth";
import { express, node } from "lucia-auth/middleware";
import { adapterByHand } from "./adapter-by-hand.js";
import type { DocumentedColumns, NamesOf } from "./declared-types.js";
import { openPostgres, postgresProbes } from "./postgres-database.js";
import type { AppTables, WiringSource } from "./wiring.js";

const declared: NamesOf<DocumentedColumns<boolean>> = {
  active_expires: { bigint: true, number: true },
  idle_expires: { bigint: true, number: true },
  primary_key: { boolean: true },
  expires: { bigint: true, number: true },
};

/** Wired by hand: stock Kysely beside stock Lucia with its official adapter, on one pool. */
export const byHandPostgres: WiringSource = {
  open: async (location, settings) => {
    const pool = openPostgres(location, settings.pool);
    const { plugins = [] } = settings;
    const db = new Kysely<AppTables>({ dialect: new PostgresDialect({ pool }), plugins });
    // The adapter is typed by an older release of pg's types, which it brings along.
    const official = pg(pool as unknown as Parameters<typeof pg>[0]);
    const adapter = settings.plugins ? adapterByHand(db, Boolean) : official;
    return {
      db,
      auth: lucia({ ...settings.lucia, adapter, env: "DEV" }),
      express: express(),
      node: node(),
      declared,
      close: () => db.destroy(),
      ...postgresProbes(location, pool),
    };
  },
};

import { betterSqlite3 } from "@lucia-auth/adapter-sqlite";
import { Kysely, SqliteDialect } from "kysely";
import lucia from "lucia-auth";
import { express, node } from "lucia-auth/middleware";
import { adapterByHand } from "./adapter-by-hand.js";
import type { DocumentedColumns, NamesOf } from "./declared-types.js";
import { openSqlite, sqliteProbes } from "./sqlite-database.js";
import type { AppTables, WiringSource } from "./wiring.js";

const declared: NamesOf<DocumentedColumns<number>> = {
  active_expires: { bigint: true, number: true },
  idle_expires: { bigint: true, number: true },
  primary_key: { number: true },
  expires: { bigint: true, number: true },
};

/** Wired by hand: stock Kysely beside stock Lucia with its official adapter, on one handle. */
export const byHandSqlite: WiringSource = {
  open: async (location, settings) => {
    const database = openSqlite(location, settings.pool);
    const { plugins = [] } = settings;
    const db = new Kysely<AppTables>({ dialect: new SqliteDialect({ database }), plugins });
    // The adapter is typed by an older release of better-sqlite3's types, which it brings along.
    const official = betterSqlite3(database as Parameters<typeof betterSqlite3>[0]);
    const adapter = settings.plugins ? adapterByHand(db, Number) : official;
    return {
      db,
      auth: lucia({ ...settings.lucia, adapter, env: "DEV" }),
      express: express(),
      node: node(),
      declared,
      close: () => db.destroy(),
      ...sqliteProbes(database),
    };
  },
};

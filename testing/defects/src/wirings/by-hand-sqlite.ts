import { betterSqlite3 } from "@lucia-auth/adapter-sqlite";
import { Kysely, SqliteDialect } from "kysely";
import lucia from "lucia-auth";
import { express } from "lucia-auth/middleware";
import { openSqlite, sqliteProbes } from "./sqlite-database.js";
import type { AppTables, WiringSource } from "./wiring.js";

/** Wired by hand: stock Kysely beside stock Lucia with its official adapter, on one handle. */
export const byHandSqlite: WiringSource = {
  name: "by-hand-sqlite",

  open: async (location, settings) => {
    const database = openSqlite(location);
    const db = new Kysely<AppTables>({ dialect: new SqliteDialect({ database }) });
    // The adapter is typed by an older release of better-sqlite3's types, which it brings along.
    const adapter = betterSqlite3(database as Parameters<typeof betterSqlite3>[0]);
    return {
      db,
      auth: lucia({ ...settings.lucia, adapter, env: "DEV" }),
      express: express(),
      close: () => db.destroy(),
      ...sqliteProbes(database),
    };
  },
};

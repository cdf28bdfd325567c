import { express, kyselyLucia, schema } from "@kysely-lucia/sqlite";
import { openSqlite, provisionSqlite, sqliteProbes } from "./sqlite-database.js";
import type { Database, WiringSource } from "./wiring.js";

/** Wired by `@kysely-lucia/sqlite`. */
export const oursSqlite: WiringSource = {
  name: "ours-sqlite",
  provision: provisionSqlite,

  open: async (location, settings) => {
    const database = openSqlite(location);
    const { db, auth, close } = kyselyLucia({
      database,
      schema: schema<Database>(),
      lucia: { ...settings, env: "DEV" },
    });
    return { db, auth, express: express(), close, ...sqliteProbes(database) };
  },
};

import { type AuthDatabase, express, kyselyLucia, schema } from "@kysely-lucia/sqlite";
import { openSqlite, sqliteProbes } from "./sqlite-database.js";
import { type AppTables, onAppTables, type UserAttributes, type WiringSource } from "./wiring.js";

interface Database extends AuthDatabase<UserAttributes>, AppTables {}

/** Wired by `@kysely-lucia/sqlite`. */
export const oursSqlite: WiringSource = {
  name: "ours-sqlite",

  open: async (location, settings) => {
    const database = openSqlite(location);
    const { db, auth, close } = kyselyLucia({
      database,
      schema: schema<Database>(),
      lucia: { ...settings.lucia, env: "DEV" },
    });
    return { db: onAppTables(db), auth, express: express(), close, ...sqliteProbes(database) };
  },
};

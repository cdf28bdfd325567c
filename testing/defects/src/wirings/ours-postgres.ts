import { type AuthDatabase, express, kyselyLucia, schema } from "@kysely-lucia/postgres";
import { openPostgres, postgresProbes } from "./postgres-database.js";
import { type AppTables, onAppTables, type UserAttributes, type WiringSource } from "./wiring.js";

interface Database extends AuthDatabase<UserAttributes>, AppTables {}

/** Wired by `@kysely-lucia/postgres`. */
export const oursPostgres: WiringSource = {
  name: "ours-postgres",

  open: async (location, settings) => {
    const pool = openPostgres(location, settings.pool);
    const { db, auth, close } = kyselyLucia({
      pool,
      schema: schema<Database>(),
      lucia: { ...settings.lucia, env: "DEV" },
    });
    const probes = postgresProbes(location, pool);
    return { db: onAppTables(db), auth, express: express(), close, ...probes };
  },
};

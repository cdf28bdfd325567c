import { type AuthDatabase, express, kyselyLucia, schema } from "@kysely-lucia/mysql";
import { mysqlProbes, openMysql } from "./mysql-database.js";
import { type AppTables, onAppTables, type UserAttributes, type WiringSource } from "./wiring.js";

interface Database extends AuthDatabase<UserAttributes>, AppTables {}

/** Wired by `@kysely-lucia/mysql`. */
export const oursMysql: WiringSource = {
  name: "ours-mysql",

  open: async (location, settings) => {
    const pool = openMysql(location, settings.pool);
    const { db, auth, close } = kyselyLucia({
      pool: settings.pool.promises ? pool.promise() : pool,
      schema: schema<Database>(),
      lucia: { ...settings.lucia, env: "DEV" },
    });
    const probes = mysqlProbes(location, pool);
    return { db: onAppTables(db), auth, express: express(), close, ...probes };
  },
};

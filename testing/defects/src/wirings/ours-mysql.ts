import { type AuthDatabase, express, kyselyLucia, node, schema } from "@kysely-lucia/mysql";
import type { Selectable } from "kysely";
import type { NamesOf } from "./declared-types.js";
import { mysqlProbes, openMysql } from "./mysql-database.js";
import { type AppTables, onAppTables, type UserAttributes, type WiringSource } from "./wiring.js";

interface Database extends AuthDatabase<UserAttributes>, AppTables {}

const declared: NamesOf<Selectable<Database["auth_session"] & Database["auth_key"]>> = {
  active_expires: { number: true },
  idle_expires: { number: true },
  primary_key: { number: true },
  expires: { number: true },
};

/** Wired by `@kysely-lucia/mysql`. */
export const oursMysql: WiringSource = {
  open: async (location, settings) => {
    const pool = openMysql(location, settings.pool);
    const { db, auth, close } = kyselyLucia({
      pool: settings.pool.promises ? pool.promise() : pool,
      schema: schema<Database>(),
      lucia: { ...settings.lucia, env: "DEV" },
      kysely: { plugins: settings.plugins ?? [] },
    });
    const probes = mysqlProbes(location, pool);
    return {
      db: onAppTables(db),
      auth,
      express: express(),
      node: node(),
      declared,
      close,
      ...probes,
    };
  },
};

import { type AuthDatabase, express, kyselyLucia, node, schema } from "@kysely-lucia/postgres";
import type { Selectable } from "kysely";
import type { NamesOf } from "./declared-types.js";
import { openPostgres, postgresProbes } from "./postgres-database.js";
import { type AppTables, onAppTables, type UserAttributes, type WiringSource } from "./wiring.js";

interface Database extends AuthDatabase<UserAttributes>, AppTables {}

const declared: NamesOf<Selectable<Database["auth_session"] & Database["auth_key"]>> = {
  active_expires: { string: true },
  idle_expires: { string: true },
  primary_key: { boolean: true },
  expires: { string: true },
};

/** Wired by `@kysely-lucia/postgres`. */
export const oursPostgres: WiringSource = {
  open: async (location, settings) => {
    const pool = openPostgres(location, settings.pool);
    const { db, auth, close } = kyselyLucia({
      pool,
      schema: schema<Database>(),
      lucia: { ...settings.lucia, env: "DEV" },
      kysely: { plugins: settings.plugins ?? [] },
    });
    const probes = postgresProbes(location, pool);
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

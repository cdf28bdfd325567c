import { type AuthDatabase, express, kyselyLucia, node, schema } from "@kysely-lucia/sqlite";
import type { Selectable } from "kysely";
import type { NamesOf } from "./declared-types.js";
import { openSqlite, sqliteProbes } from "./sqlite-database.js";
import { type AppTables, onAppTables, type UserAttributes, type WiringSource } from "./wiring.js";

interface Database extends AuthDatabase<UserAttributes>, AppTables {}

const declared: NamesOf<Selectable<Database["auth_session"] & Database["auth_key"]>> = {
  active_expires: { number: true },
  idle_expires: { number: true },
  primary_key: { number: true },
  expires: { number: true },
};

/** Wired by `@kysely-lucia/sqlite`. */
export const oursSqlite: WiringSource = {
  open: async (location, settings) => {
    const database = openSqlite(location, settings.pool);
    const { db, auth, close } = kyselyLucia({
      database,
      schema: schema<Database>(),
      lucia: { ...settings.lucia, env: "DEV" },
      kysely: { plugins: settings.plugins ?? [] },
    });
    const probes = sqliteProbes(database);
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

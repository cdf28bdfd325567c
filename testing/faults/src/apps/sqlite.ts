import { kyselyLucia, schema } from "@kysely-lucia/sqlite";
import SQLite from "better-sqlite3";
import { type Database, options } from "../app.js";
import { gate } from "../until.js";
import type { KyselyOptions } from "./index.js";
import type { OpenApp } from "./open-app.js";

/** An app on a SQLite file, which has one connection and no pool. */
export function openOnSqlite(
  path: string,
  kysely: KyselyOptions = {},
): OpenApp & { readonly database: SQLite.Database } {
  // Waiting for a lock would stop the process, which has to see it released.
  const database = new SQLite(path, { timeout: 0 });
  // Nothing has to survive a power cut.
  database.pragma("synchronous = off");
  const app = kyselyLucia({ ...options, kysely, database, schema: schema<Database>() });
  return {
    app,
    database,
    pool: {
      max: 1,
      load: () => ({ inUse: Number(database.inTransaction), waiting: 0 }),
      take: async () => {
        const [begun, ending] = [gate(), gate()];
        const ended = app.transaction(async () => {
          begun.open();
          await ending.opened;
        });
        await Promise.race([begun.opened, ended]);
        return () => {
          ending.open();
          return ended;
        };
      },
    },
  };
}

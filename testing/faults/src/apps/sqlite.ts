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
  const database = new SQLite(path);
  // Nothing has to survive a power cut. This waits where another process is just writing.
  database.pragma("synchronous = off");
  // From here on, waiting for a lock would stop the process, which has to see it released.
  database.pragma("busy_timeout = 0");
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

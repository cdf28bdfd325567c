import SQLite from "better-sqlite3";
import { countSqliteTraffic } from "./traffic-sqlite.js";
import type { PoolSettings, Probes, Row } from "./wiring.js";

/** The app's handle. */
export function openSqlite(location: string, { impatient }: PoolSettings): SQLite.Database {
  return new SQLite(location, impatient ? { timeout: 50 } : {});
}

/** What is the same in each wiring on SQLite: `database` is the app's handle. */
export function sqliteProbes(database: SQLite.Database): Probes {
  return {
    sql: async (text, ...parameters) => {
      const other = new SQLite(database.name);
      try {
        const statement = other.prepare<unknown[], Row>(text);
        if (statement.reader) return statement.all(...parameters);
        statement.run(...parameters);
        return [];
      } finally {
        other.close();
      }
    },

    refuse: async (what) => {
      const other = new SQLite(database.name);
      other.exec(what === "queries" ? "BEGIN EXCLUSIVE" : "BEGIN IMMEDIATE");
      return async () => {
        // Its transaction, and with that the lock, ends with the connection.
        other.close();
      };
    },

    isOpen: () => database.open,

    countTraffic: () => countSqliteTraffic(database),
  };
}

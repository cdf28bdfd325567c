import SQLite from "better-sqlite3";
import type { Row, Wiring } from "./wiring.js";

/** The app's handle. It waits for a lock for 50 ms only, so that a refused query fails soon. */
export function openSqlite(location: string): SQLite.Database {
  return new SQLite(location, { timeout: 50 });
}

/** What is the same in each wiring on SQLite: `database` is the app's handle. */
export function sqliteProbes(database: SQLite.Database): Pick<Wiring, "sql" | "refuse" | "isOpen"> {
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
  };
}

import SQLite from "better-sqlite3";
import type { Admin, Facts } from "./dialect.js";

const facts: Facts = {
  name: "sqlite",
  idType: "text",
  serial: "integer primary key",
  timeType: "text",
  quote: (name) => `"${name}"`,
  concat: (...expressions) => expressions.join(" || "),
  tenDigits: (expression) => `substr('0000000000' || (${expression}), -10)`,
  boolean: (value) => (value ? "1" : "0"),
  time: (time) => `'${time.toISOString()}'`,
};

/** Opens the file as every contestant does. */
export function openSqlite(location: string): SQLite.Database {
  const database = new SQLite(location);
  database.pragma("journal_mode = WAL");
  // What is recommended with WAL; otherwise writing would be a measurement of the disk.
  database.pragma("synchronous = NORMAL");
  // Room for a million sessions: SQLite's own 16 MB would make growth a measurement of reading files.
  database.pragma("cache_size = -400000");
  return database;
}

export function administerSqlite(location: string): Admin {
  const database = openSqlite(location);
  return {
    ...facts,
    run: async (sql) => {
      database.exec(sql);
    },
    ask: async (sql) => database.prepare(sql).pluck().get(),
    empty: async (tables) => {
      for (const table of tables) database.exec(`delete from ${table}`);
    },
    settle: async () => {
      database.pragma("wal_checkpoint(TRUNCATE)");
    },
    close: async () => {
      database.close();
    },
  };
}

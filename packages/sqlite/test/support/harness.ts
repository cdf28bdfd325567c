import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database, Harness, RawDatabase } from "@kysely-lucia/conformance";
import SQLite from "better-sqlite3";
import { isUniqueViolation, kyselyLucia, schema } from "../../src/index.js";

/** What the conformance suite has to know about SQLite on better-sqlite3. */
export const harness: Harness = {
  createDatabase: async () => {
    const folder = await mkdtemp(join(tmpdir(), "kysely-lucia-"));
    const path = join(folder, "test.db");
    const beside = new SQLite(path);
    // Readers see the last commit while a transaction is open; nothing has to survive a power cut.
    beside.pragma("journal_mode = WAL");
    beside.pragma("synchronous = OFF");
    return {
      open: async (options) => {
        const database = new SQLite(path);
        database.pragma("synchronous = OFF");
        const instance = kyselyLucia({ database, schema: schema<Database>(), ...options });
        return { instance, isOpen: () => database.open };
      },
      ...rawAccess(beside),
      destroy: async () => {
        beside.close();
        await rm(folder, { recursive: true });
      },
    };
  },

  idType: "text",

  isUniqueViolation,

  violation: (error) => {
    if (!(error instanceof SQLite.SqliteError)) return undefined;
    switch (error.code) {
      case "SQLITE_CONSTRAINT_PRIMARYKEY":
      case "SQLITE_CONSTRAINT_UNIQUE":
        return "unique";
      case "SQLITE_CONSTRAINT_FOREIGNKEY":
        return "foreign key";
      default:
        return undefined;
    }
  },

  transientError: async () => {
    const folder = await mkdtemp(join(tmpdir(), "kysely-lucia-"));
    const path = join(folder, "locked.db");
    const [holder, other] = [new SQLite(path), new SQLite(path, { timeout: 0 })];
    try {
      holder.exec("begin immediate");
      other.exec("begin immediate");
    } catch (error) {
      return error;
    } finally {
      holder.close();
      other.close();
      await rm(folder, { recursive: true });
    }
    throw new Error("The database was not locked.");
  },

  // better-sqlite3 stops the process while it waits for a lock that another connection holds.
  poolsPerProcess: 1,
};

function rawAccess(database: SQLite.Database): RawDatabase {
  const names = (sql: string) => database.prepare<[], string>(sql).pluck().all();
  return {
    rows: async (table) => {
      const select = database.prepare<[], Record<string, unknown>>(`select * from ${table}`);
      const booleans = select.columns().filter(({ type }) => type?.toLowerCase() === "boolean");
      return select.all().map((row) => {
        for (const { name } of booleans) row[name] = decodeBoolean(row[name]);
        return row;
      });
    },
    tables: async () => names("select name from sqlite_schema where type = 'table'"),
    indexes: async (table) =>
      names(`select name from pragma_index_list('${table}')`).map((index) =>
        names(`select name from pragma_index_info('${index}') order by seqno`),
      ),
    run: async (sql) => {
      database.exec(sql);
    },
  };
}

/** SQLite stores 0 and 1; anything else is passed on to be found wrong. */
function decodeBoolean(value: unknown): unknown {
  if (value === 0) return false;
  return value === 1 ? true : value;
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database, Harness, RawDatabase } from "@kysely-lucia/conformance";
import Libsql from "libsql";
import { schema } from "../../src/auth-database.js";
import { isUniqueViolation } from "../../src/errors.js";
import { kyselyLucia } from "../../src/kysely-lucia.js";

type LibsqlDatabase = InstanceType<typeof Libsql>;

/** What the conformance suite has to know about libSQL, on a file. */
export const harness: Harness = {
  createDatabase: async () => {
    const folder = await mkdtemp(join(tmpdir(), "kysely-lucia-"));
    const path = join(folder, "test.db");
    const beside = open(path);
    // Readers see the last commit while a transaction is open.
    beside.pragma("journal_mode = WAL");
    return {
      open: async (options) => {
        const database = open(path);
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
    if (!(error instanceof Libsql.SqliteError)) return undefined;
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
    const [holder, other] = [open(path), open(path)];
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

  // libSQL stops the process while it waits for a lock that another connection holds.
  poolsPerProcess: 1,
};

/** Nothing has to survive a power cut. */
function open(path: string): LibsqlDatabase {
  const database = new Libsql(path);
  database.pragma("synchronous = OFF");
  return database;
}

function rawAccess(database: LibsqlDatabase): RawDatabase {
  const names = (sql: string) => database.prepare(sql).all().map(nameOf);
  return {
    rows: async (table) => {
      const select = database.prepare(`select * from ${table}`);
      const booleans = select.columns().filter(({ type }) => type?.toLowerCase() === "boolean");
      return select.all().map((row) => {
        const decoded = Object.fromEntries(Object.entries(row ?? {}));
        for (const { name } of booleans) decoded[name] = decodeBoolean(decoded[name]);
        return decoded;
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

function nameOf(row: unknown): string {
  return String(Reflect.get(Object(row), "name"));
}

/** libSQL stores 0 and 1; anything else is passed on to be found wrong. */
function decodeBoolean(value: unknown): unknown {
  if (value === 0) return false;
  return value === 1 ? true : value;
}

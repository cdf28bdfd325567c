import {
  type Database,
  type Harness,
  type RawDatabase,
  rejectionOf,
} from "@kysely-lucia/conformance";
import type { TestDatabase } from "@kysely-lucia/services";
import { createPool, type TypeCastField, type TypeCastNext } from "mysql2";
import { type Connection, createConnection, type RowDataPacket } from "mysql2/promise";
import { afterAll } from "vitest";
import { isUniqueViolation, kyselyLucia, schema } from "../../src/index.js";
import { createDatabase } from "./database.js";

/** Reads booleans as booleans, for the suite's comparisons. */
function typeCast(field: TypeCastField, next: TypeCastNext): unknown {
  return field.type === "TINY" && field.length === 1 ? field.string() === "1" : next();
}

/** What the conformance suite has to know about MariaDB on `mysql2`, on pools of this size. */
export function harnessOn(connectionLimit: number): Harness {
  // One database and one connection for all tests of a file: emptying takes a fraction of the time.
  let shared: Promise<Shared> | undefined;
  afterAll(async () => {
    const { beside, drop } = (await shared) ?? {};
    await beside?.end();
    await drop?.();
  });

  return {
    createDatabase: async () => {
      shared ??= share();
      const { url, beside } = await shared;
      const name = new URL(url).pathname.slice(1);
      for (const sql of [`drop database ${name}`, `create database ${name}`, `use ${name}`]) {
        await beside.query(sql);
      }
      return {
        open: async (options) => {
          const pool = createPool({ uri: url, connectionLimit });
          const instance = kyselyLucia({ pool, schema: schema<Database>(), ...options });
          return { instance, isOpen: () => !Reflect.get(pool, "_closed") };
        },
        ...rawAccess(beside),
        destroy: async () => {},
      };
    },

    idType: "varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin",

    isUniqueViolation,

    violation: (error) => {
      const errno: unknown = Object(error).errno;
      if (errno === 1062) return "unique";
      return errno === 1451 || errno === 1452 ? "foreign key" : undefined;
    },

    // As the server reports a deadlock, without two transactions that have to meet.
    transientError: async () => {
      shared ??= share();
      const { beside } = await shared;
      return rejectionOf(beside.query("signal sqlstate '40001' set mysql_errno = 1213"));
    },

    poolsPerProcess: 10,
  };
}

interface Shared extends TestDatabase {
  readonly beside: Connection;
}

async function share(): Promise<Shared> {
  const database = await createDatabase();
  const beside = await createConnection({ uri: database.url, typeCast });
  return { ...database, beside };
}

function rawAccess(connection: Connection): RawDatabase {
  const rows = async (sql: string, parameters: string[] = []) =>
    (await connection.query<RowDataPacket[]>(sql, parameters))[0].map((row) => ({ ...row }));
  return {
    rows: (table) => rows(`select * from ${table}`),
    tables: async () =>
      (
        await rows(
          "select table_name as name from information_schema.tables where table_schema = database()",
        )
      ).map((row) => String(row["name"])),
    indexes: async (table) => {
      const found = await rows(
        `select group_concat(column_name order by seq_in_index) as columns
         from information_schema.statistics
         where table_schema = database() and table_name = ? group by index_name`,
        [table],
      );
      return found.map((row) => String(row["columns"]).split(","));
    },
    run: async (sql) => {
      await connection.query(sql);
    },
  };
}

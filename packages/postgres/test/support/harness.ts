import {
  type Database,
  type Harness,
  type RawDatabase,
  rejectionOf,
} from "@kysely-lucia/conformance";
import type { TestDatabase } from "@kysely-lucia/services";
import pg from "pg";
import { afterAll } from "vitest";
import { isUniqueViolation, kyselyLucia, schema } from "../../src/index.js";
import { createDatabase } from "./database.js";

/** Reads integers as numbers, for the suite's comparisons. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number) =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid),
};

/** What the conformance suite has to know about PostgreSQL on `pg`, on pools of this size. */
export function harnessOn(max: number): Harness {
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
      await beside.query(
        "drop schema if exists area, public cascade; create schema area; create schema public",
      );
      return {
        open: async (options) => {
          const pool = new pg.Pool({ connectionString: url, max });
          const instance = kyselyLucia({ pool, schema: schema<Database>(), ...options });
          return { instance, isOpen: () => !pool.ended };
        },
        ...rawAccess(beside),
        destroy: async () => {},
      };
    },

    idType: "text",

    isUniqueViolation,

    violation: (error) => {
      const code: unknown = error instanceof pg.DatabaseError ? error.code : undefined;
      if (code === "23505") return "unique";
      return code === "23503" ? "foreign key" : undefined;
    },

    // As the server reports a conflict, without two transactions that have to meet.
    transientError: async () => {
      shared ??= share();
      const { beside } = await shared;
      return rejectionOf(beside.query("do $$ begin raise sqlstate '40001'; end $$"));
    },

    poolsPerProcess: 10,
  };
}

interface Shared extends TestDatabase {
  readonly beside: pg.Client;
}

async function share(): Promise<Shared> {
  const database = await createDatabase();
  const beside = new pg.Client({ connectionString: database.url, types });
  await beside.connect();
  return { ...database, beside };
}

function rawAccess(client: pg.Client): RawDatabase {
  const rows = async <Row extends pg.QueryResultRow>(sql: string, parameters: string[] = []) =>
    (await client.query<Row>(sql, parameters)).rows;
  return {
    rows: (table) => rows(`select * from ${table}`),
    tables: async () =>
      (await rows("select tablename from pg_tables where schemaname in ('public', 'area')")).map(
        (row) => String(row["tablename"]),
      ),
    indexes: async (table) =>
      (
        await rows<{ columns: string[] }>(
          `select array(
             select attname::text from unnest(indkey) with ordinality as part (attnum, n)
             join pg_attribute on attrelid = indrelid and pg_attribute.attnum = part.attnum
             order by n
           ) as columns
           from pg_index where indrelid = $1::regclass`,
          [table],
        )
      ).map(({ columns }) => columns),
    run: async (sql) => {
      await client.query(sql);
    },
  };
}

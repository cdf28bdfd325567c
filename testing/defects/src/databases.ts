import { type Server, startMariadb, startPostgres } from "@kysely-lucia/services";
import SQLite from "better-sqlite3";
import { createConnection, type RowDataPacket } from "mysql2/promise";
import pg from "pg";
import { provisionMysql } from "./provision/mysql.js";
import { provisionPostgres } from "./provision/postgres.js";
import type { Provisioned } from "./provision/provisioned.js";
import { provisionSqlite } from "./provision/sqlite.js";
import type { DatabaseName } from "./scenarios/scenario.js";

/** Where scenarios are run: a server, if there has to be one, on which each run has a database. */
export interface RunningDatabase {
  provision(): Promise<Provisioned>;
  /** Its product and version, such as `PostgreSQL 18.4`. */
  version(): Promise<string>;
  stop(): Promise<void>;
}

/** @throws Error that says how to have such a server, where there is none */
export const startDatabase: Readonly<Record<DatabaseName, () => Promise<RunningDatabase>>> = {
  sqlite: async () => ({
    provision: provisionSqlite,
    version: async () => {
      const database = new SQLite(":memory:");
      const version = database.prepare("select sqlite_version()").pluck().get();
      database.close();
      return `SQLite ${version}`;
    },
    stop: async () => {},
  }),
  postgres: () => onServer(startPostgres, provisionPostgres, postgresVersion),
  mysql: () => onServer(startMariadb, provisionMysql, mysqlVersion),
};

async function onServer(
  start: () => Promise<Server>,
  provision: (url: string) => Promise<Provisioned>,
  version: (url: string) => Promise<string>,
): Promise<RunningDatabase> {
  const { url, stop } = await start();
  return { provision: () => provision(url), version: () => version(url), stop };
}

async function postgresVersion(connectionString: string): Promise<string> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client.query("show server_version");
  await client.end();
  return `PostgreSQL ${numberIn(rows[0]?.server_version)}`;
}

async function mysqlVersion(url: string): Promise<string> {
  const connection = await createConnection(url);
  const [rows] = await connection.query<RowDataPacket[]>("select version() as version");
  await connection.end();
  const version = String(rows[0]?.["version"]);
  return `${version.includes("MariaDB") ? "MariaDB" : "MySQL"} ${numberIn(version)}`;
}

/** Servers add to it who has built them. */
const numberIn = (version: unknown) => String(version).match(/^[\d.]+/)?.[0];

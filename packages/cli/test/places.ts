import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createMysqlDatabase,
  createPostgresDatabase,
  type Server,
  startMariadb,
  startPostgres,
} from "@kysely-lucia/services";
import { mysql2 } from "@lucia-auth/adapter-mysql";
import { pg as postgresAdapter } from "@lucia-auth/adapter-postgresql";
import { betterSqlite3 } from "@lucia-auth/adapter-sqlite";
import SQLite from "better-sqlite3";
import type { Adapter, LuciaErrorConstructor } from "lucia-auth";
import { createPool } from "mysql2/promise";
import pg from "pg";
import { afterAll, beforeAll, onTestFinished } from "vitest";

/** A database past the code under test, and the official adapter on it. */
export interface Place {
  readonly url: string;
  readonly adapter: (error: LuciaErrorConstructor) => Adapter;
  /** On one connection, so that a transaction can be left open. */
  run(sql: string): Promise<unknown>;
  ids(table: string): Promise<string[]>;
}

export type Open = () => Promise<Place>;

let postgres: Server;
let mariadb: Server;

/** To be called once in a file that opens places on servers. */
export function useServers(): void {
  beforeAll(async () => {
    [postgres, mariadb] = await Promise.all([startPostgres({ version: 18 }), startMariadb()]);
  });
  afterAll(async () => {
    await Promise.all([postgres.stop(), mariadb.stop()]);
  });
}

export async function onSqlite(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), "kysely-lucia-"));
  const database = new SQLite(join(folder, "app.db"));
  onTestFinished(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });
  return {
    url: `sqlite:${database.name}`,
    adapter: betterSqlite3(database as never),
    run: async (sql) => database.exec(sql),
    ids: async (table) =>
      database.prepare<[], string>(`select id from ${table} order by id`).pluck().all(),
  };
}

export async function onPostgres(): Promise<Place> {
  const { url, drop } = await createPostgresDatabase(postgres.url);
  const pool = new pg.Pool({ connectionString: url, max: 20 });
  // The official adapter gives no connection back after a sign-up.
  const clients: pg.PoolClient[] = [];
  pool.on("connect", (client) => {
    clients.push(client);
  });
  onTestFinished(async () => {
    for (const client of clients) await (client as unknown as pg.Client).end();
    await drop();
  });
  const outside = new pg.Client({ connectionString: url });
  await outside.connect();
  onTestFinished(() => outside.end());
  return {
    url,
    adapter: postgresAdapter(pool as never),
    run: (sql) => outside.query(sql),
    ids: async (table) =>
      (await outside.query(`select id from ${table} order by id`)).rows.map(({ id }) => id),
  };
}

export async function onMariadb(): Promise<Place> {
  const { url, drop } = await createMysqlDatabase(mariadb.url);
  const pool = createPool({ uri: url, connectionLimit: 20 });
  const outside = await pool.getConnection();
  onTestFinished(async () => {
    outside.release();
    await pool.end();
    await drop();
  });
  return {
    url,
    adapter: mysql2(pool as never),
    run: (sql) => outside.query(sql),
    ids: async (table) => {
      const [rows] = await outside.query(`select id from ${table} order by id`);
      return (rows as { id: string }[]).map(({ id }) => id);
    },
  };
}

/** As Lucia 1.x documents them, without foreign keys. */
export const TABLES = [
  "create table auth_user (id varchar(15) not null primary key, username varchar(255) unique)",
  `create table auth_key (id varchar(255) not null primary key, user_id varchar(15) not null, primary_key boolean not null,
     hashed_password varchar(255), expires bigint)`,
  `create table auth_session (id varchar(127) not null primary key, user_id varchar(15) not null, active_expires bigint not null,
     idle_expires bigint not null)`,
];

export const FOREIGN_KEYS = ["auth_key", "auth_session"].map(
  (table) => `alter table ${table} add foreign key (user_id) references auth_user (id)`,
);

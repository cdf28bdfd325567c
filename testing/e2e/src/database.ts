import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type OwnServer, startOwnMariadb, startOwnPostgres } from "@kysely-lucia/services";
import SQLite from "better-sqlite3";
import { createConnection } from "mysql2/promise";
import pg from "pg";

export type DatabaseKind = "sqlite" | "postgres" | "mysql";

/** The database of one site, which nobody else uses. */
export interface Database {
  /** How the site is told where it is. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs a query beside the site. Returns the first column. */
  read(sql: string): Promise<unknown[]>;
  /** Kills the server. SQLite has none: there, the site finds no table of sessions. */
  takeAway(): Promise<void>;
  /** Starts it again, with all that was in it. */
  bringBack(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts an empty database for one site. */
export async function startDatabase(kind: DatabaseKind): Promise<Database> {
  return await START[kind]();
}

const START: Record<DatabaseKind, () => Promise<Database>> = {
  sqlite: async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "kysely-lucia-site-"));
    const file = path.join(folder, "notes.db");
    const rename = async (from: string, to: string) =>
      onFile(file, (database) => void database.exec(`alter table ${from} rename to ${to}`));
    return {
      env: { DATABASE: file },
      read: async (sql) => onFile(file, (database) => database.prepare(sql).pluck().all()),
      takeAway: () => rename("auth_session", "away"),
      bringBack: () => rename("away", "auth_session"),
      stop: () => rm(folder, { recursive: true }),
    };
  },
  postgres: async () => onServer(await startOwnPostgres(), readPostgres),
  mysql: async () => onServer(await startOwnMariadb(), readMysql),
};

function onServer(
  { url, kill, restart, stop }: OwnServer,
  read: (url: string, sql: string) => Promise<unknown[]>,
): Database {
  return {
    env: { DATABASE_URL: url },
    read: (sql) => read(url, sql),
    takeAway: kill,
    bringBack: restart,
    stop,
  };
}

function onFile<Result>(file: string, work: (database: SQLite.Database) => Result): Result {
  const database = new SQLite(file);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

async function readPostgres(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: "array" });
    return rows.map(([value]) => value);
  } finally {
    await client.end();
  }
}

async function readMysql(url: string, sql: string): Promise<unknown[]> {
  const connection = await createConnection(url);
  try {
    const [rows] = await connection.query({ sql, rowsAsArray: true });
    return (rows as unknown[][]).map(([value]) => value);
  } finally {
    await connection.end();
  }
}

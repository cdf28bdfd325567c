import { once } from "node:events";
import { connect } from "node:net";
import path from "node:path";
import { createConnection } from "mysql2/promise";
import pg from "pg";
import { startMariadb, startPostgres, startRedis } from "../src/index.js";

interface Service {
  readonly start: typeof startRedis;
  /** The environment variable with the URL of one. */
  readonly variable: string;
  readonly version: RegExp;
  /** What it says of its version, asked on a connection of its own. */
  readVersion(url: string): Promise<string>;
  /** The directory that was made for it. */
  findDirectory(url: string): Promise<string>;
  readConnectionLimit(url: string): Promise<number>;
}

/** The one value, called `answer`, of the last of these statements, on a connection of its own. */
export async function askPostgres(url: string, ...statements: string[]): Promise<string> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    let rows: unknown;
    for (const sql of statements) ({ rows } = await client.query(sql));
    return onlyAnswer(rows);
  } finally {
    await client.end();
  }
}

/** The same of MariaDB. */
export async function askMariadb(url: string, ...statements: string[]): Promise<string> {
  const connection = await createConnection(url);
  try {
    let rows: unknown;
    for (const sql of statements) [rows] = await connection.query(sql);
    return onlyAnswer(rows);
  } finally {
    await connection.end();
  }
}

function onlyAnswer(rows: unknown): string {
  const [row] = rows as [{ answer: string }];
  return row.answer;
}

/** What Redis replies, in the lines of its protocol. */
async function askRedis(url: string, command: string): Promise<string[]> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).setEncoding("utf8");
  let reply = "";
  socket.on("data", (text) => {
    reply += text;
  });
  socket.write(`${command}\r\nquit\r\n`);
  await once(socket, "end");
  return reply.split("\r\n");
}

/** The value of a setting comes fifth: the lengths of the list and of the name, the name, its length. */
const askRedisSetting = async (url: string, name: string) =>
  (await askRedis(url, `config get ${name}`))[4] ?? "";

/** The servers under test, each with what the tests have to know of it. */
export const services = {
  postgres: {
    start: startPostgres,
    variable: "KYSELY_LUCIA_POSTGRES_URL",
    version: /^PostgreSQL \d/,
    readVersion: (url) => askPostgres(url, "select version() as answer"),
    findDirectory: async (url) =>
      path.dirname(await askPostgres(url, "select current_setting('data_directory') as answer")),
    readConnectionLimit: async (url) =>
      Number(await askPostgres(url, "select current_setting('max_connections') as answer")),
  },
  mariadb: {
    start: startMariadb,
    variable: "KYSELY_LUCIA_MYSQL_URL",
    version: /MariaDB/,
    readVersion: (url) => askMariadb(url, "select version() as answer"),
    findDirectory: async (url) =>
      path.dirname(path.resolve(await askMariadb(url, "select @@datadir as answer"))),
    readConnectionLimit: async (url) =>
      Number(await askMariadb(url, "select @@max_connections as answer")),
  },
  redis: {
    start: startRedis,
    variable: "KYSELY_LUCIA_REDIS_URL",
    version: /redis_version:\d/,
    readVersion: async (url) => (await askRedis(url, "info server")).join("\n"),
    findDirectory: (url) => askRedisSetting(url, "dir"),
    readConnectionLimit: async (url) => Number(await askRedisSetting(url, "maxclients")),
  },
} as const satisfies Record<string, Service>;

export type ServiceName = keyof typeof services;

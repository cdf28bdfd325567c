import { createConnection } from "mysql2/promise";
import pg from "pg";
import { startMariadb, startPostgres } from "../src/index.js";

/** The servers under test, each with what the tests have to know of it. */
export const services = {
  postgres: {
    start: startPostgres,
    variable: "KYSELY_LUCIA_POSTGRES_URL",
    versionSql: "select version() as answer",
    version: /^PostgreSQL \d/,
    directorySql: "select current_setting('data_directory') as answer",
    /** The one value, called `answer`, of a query on a connection of its own. */
    async ask(url: string, sql: string): Promise<string> {
      const client = new pg.Client(url);
      await client.connect();
      try {
        return onlyAnswer((await client.query(sql)).rows);
      } finally {
        await client.end();
      }
    },
  },
  mariadb: {
    start: startMariadb,
    variable: "KYSELY_LUCIA_MYSQL_URL",
    versionSql: "select version() as answer",
    version: /MariaDB/,
    directorySql: "select @@datadir as answer",
    async ask(url: string, sql: string): Promise<string> {
      const connection = await createConnection(url);
      try {
        return onlyAnswer((await connection.query(sql))[0]);
      } finally {
        await connection.end();
      }
    },
  },
} as const;

export type ServiceName = keyof typeof services;

function onlyAnswer(rows: unknown): string {
  const [row] = rows as [{ answer: string }];
  return row.answer;
}

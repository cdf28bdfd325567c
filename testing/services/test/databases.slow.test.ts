import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createConnection } from "mysql2/promise";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createMysqlDatabase,
  createPostgresDatabase,
  type Server,
  startMariadb,
  startPostgres,
} from "../src/index.js";
import { askMariadb, askPostgres } from "./services.js";

const INDEX = fileURLToPath(new URL("../src/index.ts", import.meta.url));

const kinds = {
  postgres: {
    start: startPostgres,
    create: createPostgresDatabase,
    helper: "createPostgresDatabase",
    ask: askPostgres,
    nameSql: "select current_database() as answer",
    tablesSql: "select count(*) as answer from pg_tables where schemaname = 'public'",
    isMissing: { code: "3D000" },
    async open(url: string) {
      const client = new pg.Client(url);
      await client.connect();
      return { query: (sql: string) => client.query(sql), end: () => client.end() };
    },
  },
  mysql: {
    start: startMariadb,
    create: createMysqlDatabase,
    helper: "createMysqlDatabase",
    ask: askMariadb,
    nameSql: "select database() as answer",
    tablesSql:
      "select count(*) as answer from information_schema.tables where table_schema = database()",
    isMissing: { code: "ER_BAD_DB_ERROR" },
    async open(url: string) {
      const connection = await createConnection(url);
      return { query: (sql: string) => connection.query(sql), end: () => connection.end() };
    },
  },
} as const;

describe.each(Object.values(kinds))("$helper", (kind) => {
  const { start, create, helper, ask, nameSql, tablesSql, isMissing, open } = kind;
  let server: Server;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.stop());

  test("gives an empty database of its own, and removes it", async () => {
    const [one, other] = await Promise.all([create(server.url), create(server.url)]);
    const client = await open(one.url);
    await client.query("create table example (id int)");
    expect(Number(await ask(one.url, tablesSql))).toBe(1);
    expect(Number(await ask(other.url, tablesSql))).toBe(0);
    expect(await ask(one.url, nameSql)).not.toBe(await ask(other.url, nameSql));

    // Not awaited: the server still sees the connection for a moment.
    const ended = client.end();
    await one.drop();
    await ended;
    await expect(ask(one.url, nameSql)).rejects.toMatchObject(isMissing);
    expect(Number(await ask(other.url, tablesSql))).toBe(0);
    await other.drop();
  });

  test("says what to do where the database is in use", async () => {
    const { url, drop } = await create(server.url);
    const client = await open(url);
    await client.query("create table example (id int)");
    await client.query("begin");
    await client.query("insert into example values (1)");
    await expect(drop()).rejects.toThrow(/kysely_lucia_\w+ could not be dropped.*End all pools/s);
    await client.end();
    await drop();
  });

  test("keeps no process alive", async () => {
    const script =
      `const { ${helper}: create } = await import(${JSON.stringify(INDEX)});` +
      `const { drop } = await create(${JSON.stringify(server.url)});` +
      "await drop(); console.log('dropped');";
    const options = ["--import", "tsx", "--input-type=module", "--eval", script];
    const { stdout } = await promisify(execFile)(process.execPath, options, { timeout: 20_000 });
    expect(stdout).toBe("dropped\n");
  });
});

describe("the collation of a MySQL database", () => {
  const collationSql = "select @@collation_database as answer";

  test("is the one asked for, else one of utf8mb4", async () => {
    const server = await startMariadb();
    const [plain, binary] = await Promise.all([
      createMysqlDatabase(server.url),
      createMysqlDatabase(server.url, { collation: "utf8mb4_bin" }),
    ]);
    const collations = [
      await askMariadb(plain.url, collationSql),
      await askMariadb(binary.url, collationSql),
    ];
    await server.stop();
    expect(collations).toEqual([expect.stringMatching(/^utf8mb4_.*_ci$/), "utf8mb4_bin"]);
  });

  test("has to be a name", async () => {
    const created = createMysqlDatabase("mysql://nowhere", { collation: "a; b" });
    await expect(created).rejects.toThrow('"a; b" is not the name of a collation');
  });
});

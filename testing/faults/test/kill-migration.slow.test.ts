import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildProgram, type Program } from "@kysely-lucia/services";
import SQLite from "better-sqlite3";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { openApp } from "../src/apps/index.js";
import { startChild } from "../src/child.js";
import { oldRows, oldTables, primaryKeys } from "../src/old-tables.js";
import { mysql } from "../src/systems/mysql.js";
import { postgres } from "../src/systems/postgres.js";
import type { System } from "../src/systems/system.js";

let program: Program;
beforeAll(async () => {
  const external = ["better-sqlite3", "mysql2", "pg"];
  const sources = new URL("..", import.meta.url);
  program = await buildProgram(sources, "src/migrate-and-die.ts", { external });
});
afterAll(() => program.remove());

/** Makes empty databases: where each is, and a way to read it past the code under test. */
type Databases = () => Promise<{ place: string; read: (sql: string) => Promise<string[]> }>;

const onServer = (system: System) => async (): Promise<Databases> => {
  const server = await system.start();
  onTestFinished(() => server.stop());
  return async () => {
    const { url } = await system.createDatabase(server.url);
    const beside = await system.connect(url);
    onTestFinished(() => beside.end());
    return { place: url, read: beside.read };
  };
};

const inFolder = async (): Promise<Databases> => {
  const folder = mkdtempSync(join(tmpdir(), "kysely-lucia-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  let count = 0;
  return async () => {
    count += 1;
    const place = join(folder, `${count}.db`);
    const database = new SQLite(place);
    onTestFinished(() => void database.close());
    const read = async (sql: string) => {
      const statement = database.prepare<[], string>(sql);
      if (statement.reader) return statement.pluck().all();
      statement.run();
      return [];
    };
    return { place, read };
  };
};

const SYSTEMS = [
  ["SQLite", "sqlite", inFolder],
  ["PostgreSQL", "postgres", onServer(postgres)],
  ["MariaDB", "mysql", onServer(mysql)],
] as const;

/** More than any migration has. */
const MOST_STATEMENTS = 500;

const isNight = process.env["KYSELY_LUCIA_NIGHTLY"] !== undefined;

/** After which statements: at night after each. */
const STEP = isNight ? 1 : 12;

/** What is there before: by day the tables that take most statements. */
const tablesBefore = (system: keyof typeof oldTables) => [
  ...(isNight ? [[]] : []),
  oldTables[system] ?? [],
];

test.each(SYSTEMS)(
  "kill -9 after statements of a migration, then migrate() again: it ends whole, on %s",
  async (_, system, makeDatabases) => {
    const createDatabase = await makeDatabases();
    for (const tables of tablesBefore(system)) {
      let kills = 0;
      for (let statements = 1; statements <= MOST_STATEMENTS; statements += STEP) {
        const { place, read } = await createDatabase();
        for (const sql of tables) await read(sql);
        const rows = async () => {
          const found = [];
          for (const sql of oldRows) found.push(...(await read(sql)));
          return found;
        };
        const before = tables.length > 0 ? await rows() : [];

        const child = startChild(program.file, system, place, String(statements));
        const isDone = (await child.lines.next()).value === "migrated";
        expect(await child.end()).toBe(isDone ? null : "SIGKILL");
        const { app } = await openApp(system, place);
        await app.migrate();
        expect(await app.checkSchema(), `after ${statements} statements`).toEqual([]);
        expect(await rows()).toEqual(before);
        if (tables.length > 0) expect(await read(primaryKeys.read)).toEqual(primaryKeys.expected);
        expect(await app.migrate()).toEqual({ sql: [] });
        await app.close();
        if (isDone) break;
        kills += 1;
      }
      expect(kills * STEP).toBeGreaterThan(5);
      expect(kills).toBeLessThan(MOST_STATEMENTS);
    }
  },
  // A process and a database for each statement, and MariaDB has the most of them.
  300_000,
);

test.each(SYSTEMS)(
  "ten processes migrate at once: one history, no error, on %s",
  async (_, system, makeDatabases) => {
    const createDatabase = await makeDatabases();
    for (const tables of [[], oldTables[system] ?? []]) {
      const { place, read } = await createDatabase();
      for (const sql of tables) await read(sql);
      const children = Array.from({ length: 10 }, () =>
        startChild(program.file, system, place, String(Number.MAX_SAFE_INTEGER)),
      );
      const lines = await Promise.all(children.map(({ lines }) => lines.next()));
      expect(lines.map(({ value }) => value)).toEqual(Array(10).fill("migrated"));
      expect(await read("select name from kysely_lucia_migration order by name")).toEqual([
        "auth_user/0001_tables",
        "auth_user/0002_indexes",
      ]);
      const { app } = await openApp(system, place);
      expect(await app.checkSchema()).toEqual([]);
      await app.close();
    }
  },
);

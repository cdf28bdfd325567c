import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import SQLite from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";

const MODULES = fileURLToPath(new URL("../node_modules", import.meta.url));

const CONFIG = `
  import { migrationProvider } from "@kysely-lucia/sqlite";
  import SQLite from "better-sqlite3";
  import { defineConfig } from "kysely-ctl";

  export default defineConfig({
    dialect: "better-sqlite3",
    dialectConfig: { database: new SQLite("app.db") },
    migrations: {
      provider: migrationProvider({
        userColumns: (table) => table.addColumn("username", "text", (c) => c.notNull().unique()),
      }),
    },
  });`;

test("kysely-ctl runs our migrations, up and down", () => {
  const folder = mkdtempSync(path.join(MODULES, ".kysely-ctl-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(path.join(folder, "kysely.config.ts"), CONFIG);
  const ctl = (...args: string[]) => {
    // With CI it does not ask the registry for later versions.
    const env = { ...process.env, CI: "1", NO_COLOR: "1" };
    const program = path.join(MODULES, ".bin", "kysely");
    const { status, stderr } = spawnSync(program, args, {
      cwd: folder,
      encoding: "utf8",
      env,
    });
    expect(status, stderr).toBe(0);
  };
  const tables = () => {
    const database = new SQLite(path.join(folder, "app.db"));
    try {
      return database
        .prepare("select name from sqlite_schema where name like 'auth%' and type = 'table'")
        .all();
    } finally {
      database.close();
    }
  };

  ctl("migrate", "latest");
  expect(tables()).toHaveLength(3);
  ctl("migrate", "down");
  ctl("migrate", "down");
  expect(tables()).toEqual([]);
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildProgram, type Program } from "@kysely-lucia/services";
import SQLite from "better-sqlite3";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { createTables } from "../src/app.js";
import { openApp } from "../src/apps/index.js";
import { expectNothingLost } from "../src/checks.js";
import { startChild } from "../src/child.js";
import type { Scene } from "../src/fault.js";
import { Ledger, parseEntry } from "../src/ledger.js";
import { ROUNDS } from "../src/rounds.js";
import { mysql } from "../src/systems/mysql.js";
import { postgres } from "../src/systems/postgres.js";
import type { System } from "../src/systems/system.js";

/** How often an app is killed in one test, and how much it has done by then at the most. */
const KILLS = 5 * ROUNDS;
const MOST_STEPS = 200;

let users: Program;
beforeAll(async () => {
  const external = ["better-sqlite3", "mysql2", "pg"];
  users = await buildProgram(new URL("..", import.meta.url), "src/users.ts", { external });
});
afterAll(() => users.remove());

interface Place {
  readonly place: string;
  readonly read: Scene["read"];
}

const onServer = (system: System) => async (): Promise<Place> => {
  const server = await system.start();
  onTestFinished(() => server.stop());
  const { url } = await system.createDatabase(server.url);
  const beside = await system.connect(url);
  onTestFinished(() => beside.end());
  return { place: url, read: beside.read };
};

const onFile = (journalMode: string) => async (): Promise<Place> => {
  const folder = mkdtempSync(join(tmpdir(), "kysely-lucia-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const place = join(folder, "app.db");
  const database = new SQLite(place);
  onTestFinished(() => void database.close());
  database.pragma(`journal_mode = ${journalMode}`);
  const read = async (sql: string) => database.prepare<[], string>(sql).pluck().all();
  return {
    place,
    read: async (sql) => {
      expect(await read("pragma integrity_check")).toEqual(["ok"]);
      return read(sql);
    },
  };
};

test.each([
  ["SQLite with a rollback journal", "sqlite", onFile("delete")],
  ["SQLite with a write-ahead log", "sqlite", onFile("wal")],
  ["PostgreSQL", "postgres", onServer(postgres)],
  ["MariaDB", "mysql", onServer(mysql)],
] as const)(
  "kill -9 of the app leaves nothing half written, and loses nothing, on %s",
  async (_, database, makePlace) => {
    const { place, read } = await makePlace();
    const { app } = await openApp(database, place);
    await createTables(app);
    await app.close();

    const ledger = new Ledger();
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const child = startChild(users.file, database, place, `user ${kill}`);
      const steps = 1 + Math.floor(Math.random() * MOST_STEPS);
      for (let step = 0; step < steps; step += 1) {
        ledger.note(...parseEntry((await child.lines.next()).value));
      }
      // At any moment of what follows, not always right after an acknowledgement.
      setTimeout(() => child.end("SIGKILL"), Math.random() * 5);
      for (let line = await child.lines.next(); !line.done; line = await child.lines.next()) {
        ledger.note(...parseEntry(line.value));
      }
      expect(await child.end("SIGKILL")).toBe("SIGKILL");
      await expectNothingLost(read, ledger);
    }
    expect(ledger.size).toBeGreaterThan(KILLS);
  },
  60_000 * ROUNDS,
);

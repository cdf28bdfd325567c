import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import SQLite from "better-sqlite3";
import { createTables } from "./app.js";
import { openOnSqlite } from "./apps/sqlite.js";
import { type Child, startChild } from "./child.js";
import type { Scene } from "./fault.js";
import { Ledger } from "./ledger.js";
import { signVisitorsIn } from "./visitors.js";

const OTHER_PROCESS = fileURLToPath(new URL("./other-process.mjs", import.meta.url));

/** A scene on a SQLite file. */
export interface SqliteScene extends Scene {
  /** The app's own handle. */
  readonly database: SQLite.Database;
  /** Runs statements in another process, which keeps its connection open. */
  runElsewhere(...statements: string[]): Promise<void>;
  /** Ends that process, in peace or with a signal. */
  endElsewhere(signal?: NodeJS.Signals): Promise<void>;
}

/** Makes the scene of one test, on a file of its own. */
export async function openSqliteScene(journalMode: "delete" | "wal"): Promise<SqliteScene> {
  const folder = await mkdtemp(join(tmpdir(), "kysely-lucia-"));
  const path = join(folder, "app.db");
  const { app, pool, database } = openOnSqlite(path);
  database.pragma(`journal_mode = ${journalMode}`);
  await createTables(app);

  let other: Child | undefined;
  const endElsewhere = async (signal?: NodeJS.Signals) => {
    await other?.end(signal);
    other = undefined;
  };

  return {
    ...(await signVisitorsIn(app)),
    ...{ app, pool, database, ledger: new Ledger(), endElsewhere },
    runElsewhere: async (...statements) => {
      other = startChild(OTHER_PROCESS, path, ...statements);
      const { done } = await other.lines.next();
      if (done) throw new Error("The other process has ended.");
    },
    read: async (query) => {
      const beside = new SQLite(path, { readonly: true });
      try {
        return beside.prepare<[], string>(query).pluck().all();
      } finally {
        beside.close();
      }
    },
    remove: async () => {
      await endElsewhere();
      await rm(folder, { recursive: true });
    },
  };
}

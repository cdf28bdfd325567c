import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import SQLite from "better-sqlite3";

/** The folder of the example. */
export const FOLDER = fileURLToPath(new URL("..", import.meta.url));

/** The site, running in a process of its own. */
export interface Site {
  readonly url: string;
  readonly database: string;
  /** Ends the process and waits for it. Returns its exit code, null if the signal killed it. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** A path for a database that is not there yet, in a folder of its own. */
export function temporaryDatabase(): { database: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), "pocket-notes-"));
  const remove = () => rmSync(folder, { recursive: true });
  return { database: path.join(folder, "test.db"), remove };
}

/** Starts the site as `npm start` does, and waits until it says its address. */
export async function startSite(database: string): Promise<Site> {
  const child = spawnServer({ PORT: "0", DATABASE: database });
  const said = collect(child);
  const address = new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", () => {
      const url = /address +(http:\S+)/.exec(said.stdout)?.[1];
      if (url) resolve(url);
    });
    child.once("close", () => reject(new Error(`The server did not start. ${said.stderr}`)));
  });
  const stop = async (signal: NodeJS.Signals = "SIGTERM") => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, "close");
    }
    return child.exitCode;
  };
  return { url: await address, database, stop };
}

/** Starts the site where it cannot run, and returns how it ended. */
export async function failToStart(
  env: NodeJS.ProcessEnv,
): Promise<{ code: number | null; stderr: string }> {
  const child = spawnServer(env);
  const said = collect(child);
  await once(child, "close");
  return { code: child.exitCode, stderr: said.stderr };
}

function spawnServer(env: NodeJS.ProcessEnv): ChildProcess {
  const command = ["--import", "tsx", "--conditions=@kysely-lucia/source", "src/server.ts"];
  return spawn(process.execPath, command, { cwd: FOLDER, env: { ...process.env, ...env } });
}

function collect({ stdout, stderr }: ChildProcess): { stdout: string; stderr: string } {
  const said = { stdout: "", stderr: "" };
  stdout?.on("data", (data) => {
    said.stdout += data;
  });
  stderr?.on("data", (data) => {
    said.stderr += data;
  });
  return said;
}

/** Runs plain SQL on the site's database, beside the site. */
export function runSql(database: string, statement: string): void {
  const file = new SQLite(database);
  file.exec(statement);
  file.close();
}

/** How many rows each table has, read beside the site. */
export function countRows(database: string): Record<string, unknown> {
  const file = new SQLite(database, { readonly: true });
  const tables = ["auth_user", "auth_key", "auth_session", "note"];
  const counts = tables.map((table) => [
    table,
    file.prepare(`select count(*) from ${table}`).pluck().get(),
  ]);
  file.close();
  return Object.fromEntries(counts);
}

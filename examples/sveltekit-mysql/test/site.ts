import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createMysqlDatabase, findFreePort, startMariadb } from "@kysely-lucia/services";
import { createConnection, type RowDataPacket } from "mysql2/promise";

/** The folder of the example. */
export const FOLDER = fileURLToPath(new URL("..", import.meta.url));

/** An empty database, on which plain SQL can be run beside the site. */
export interface TestDatabase {
  readonly url: string;
  /** What a query returns; of other statements nothing. */
  run(sql: string, values?: readonly string[]): Promise<Record<string, unknown>[]>;
  drop(): Promise<void>;
}

export async function startDatabase(): Promise<TestDatabase> {
  const server = await startMariadb();
  const { url, drop } = await createMysqlDatabase(server.url);
  const connection = await createConnection(url);
  return {
    url,
    run: async (sql, values = []) => {
      const [rows] = await connection.query<RowDataPacket[]>(sql, [...values]);
      return Array.isArray(rows) ? rows.map((row) => ({ ...row })) : [];
    },
    drop: async () => {
      await connection.end();
      await drop();
      await server.stop();
    },
  };
}

/** The site, running in a process of its own. */
export interface Site {
  readonly url: string;
  /** What it has said, and what it has written to its log of errors. */
  readonly said: { readonly stdout: string; readonly stderr: string };
  /** Ends the process and waits for it. Returns its exit code, null if the signal killed it. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** Starts the site that was built, and waits until it says its address. */
export function startSite(database: string, env: NodeJS.ProcessEnv = {}): Promise<Site> {
  return start(["server.js"], { PORT: "0", DATABASE_URL: database, ...env });
}

/** Starts `vite dev`, which does not choose a port by itself. */
export async function startDevServer(database: string): Promise<Site> {
  const vite = path.join(FOLDER, "node_modules/vite/bin/vite.js");
  return start([vite, "dev"], { PORT: String(await findFreePort()), DATABASE_URL: database });
}

async function start(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Site> {
  // On a terminal, and where `CI` is set, the dev server would colour a part of its address.
  const { NODE_ENV: _, ORIGIN: __, FORCE_COLOR: ___, ...inherited } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: FOLDER,
    env: { ...inherited, NO_COLOR: "1", ...env },
  });
  const said = collect(child);
  const address = new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", () => {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said.stdout)?.[0];
      if (url) resolve(url);
    });
    child.once("close", () => {
      const hint = "If it has to be built first: pnpm exec turbo run build.";
      reject(new Error(`The site did not start. ${hint}\n${said.stderr}`));
    });
  });
  const stop = async (signal: NodeJS.Signals = "SIGTERM") => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, "close");
    }
    return child.exitCode;
  };
  return { url: await address, said, stop };
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

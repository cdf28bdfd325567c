import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createPostgresDatabase, startPostgres } from "@kysely-lucia/services";
import pg from "pg";

/** The folder of the example. */
export const FOLDER = fileURLToPath(new URL("..", import.meta.url));

const NEXT = fileURLToPath(import.meta.resolve("next/dist/bin/next"));

/** An empty database, and a connection to it beside the site. */
export interface Database {
  readonly url: string;
  readonly client: pg.Client;
  /** To be called after the site has ended. */
  readonly remove: () => Promise<void>;
}

export async function createDatabase(): Promise<Database> {
  const server = await startPostgres();
  const { url, drop } = await createPostgresDatabase(server.url);
  const client = new pg.Client(url);
  await client.connect();
  const remove = async () => {
    await client.end();
    await drop();
    await server.stop();
  };
  return { url, client, remove };
}

/** The site, running in a process of its own. */
export interface Site {
  readonly url: string;
  /** Ends the process and waits for it. Returns its exit code, null if the signal killed it. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** Starts the site as `pnpm run serve` does. */
export function startSite(database: Database, env: NodeJS.ProcessEnv = {}): Promise<Site> {
  if (!existsSync(path.join(FOLDER, ".next", "BUILD_ID"))) {
    throw new Error(
      "The site is not built. Build it at the root of the repository: " +
        "pnpm exec turbo run build --filter=example-nextjs-postgres...",
    );
  }
  return start(["--import", "tsx", "src/server.ts"], FOLDER, database, { PORT: "0", ...env });
}

/** Starts the site of a folder for development, as `pnpm run dev` does. */
export function startDevelopment(folder: string, database: Database): Promise<Site> {
  return start([NEXT, "dev", "-H", "127.0.0.1", "-p", "0"], folder, database, {});
}

async function start(
  command: string[],
  cwd: string,
  { url }: Database,
  env: NodeJS.ProcessEnv,
): Promise<Site> {
  // That of the tests is none of Next.js's.
  const { NODE_ENV: _, ...inherited } = process.env;
  const child = spawn(process.execPath, command, {
    cwd,
    env: { ...inherited, DATABASE_URL: url, NEXT_TELEMETRY_DISABLED: "1", ...env } as never,
  });
  const address = await addressOf(child);
  const stop = async (signal: NodeJS.Signals = "SIGTERM") => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, "close");
    }
    return child.exitCode;
  };
  return { url: address, stop };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const listen = (data: Buffer) => {
      said += data;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (address) resolve(address);
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    child.once("close", () => reject(new Error(`The server did not start. ${said}`)));
  });
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** How long a site may take to start or to end, in milliseconds, before a test says what the site has said so far. */
const PATIENCE_MS = 60_000;

const FOLDER = fileURLToPath(new URL("..", import.meta.url));

/** The site, running in a process of its own. */
export interface Site {
  readonly url: string;
  /** All that the process has written so far. */
  readonly log: () => string;
  /** Ends the process and waits for it. Returns its exit code, null if the signal killed it. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** Starts the site as `serve` does, or another program of the example, and waits until it says its address. */
export async function startSite(env: NodeJS.ProcessEnv, program = "src/server.ts"): Promise<Site> {
  const child = spawnSite({ PORT: "0", ...env }, program);
  const said = collect(child);
  const log = () => said.stdout + said.stderr;
  const address = new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", () => {
      const url = /address +(http:[^\s,]+)/.exec(said.stdout)?.[1];
      if (url) resolve(url);
    });
    const fail = () => reject(new Error(`The site did not start. ${log()}`));
    child.once("close", fail);
    setTimeout(fail, PATIENCE_MS).unref();
  });
  const stop = async (signal: NodeJS.Signals = "SIGTERM") => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, "close", { signal: AbortSignal.timeout(PATIENCE_MS) }).catch((cause) => {
        throw new Error(`The site goes on after ${signal}. ${log()}`, { cause });
      });
    }
    return child.exitCode;
  };
  return { url: await address, log, stop };
}

/** Starts the site, or another program of the example, where it cannot run, and returns how it ended. */
export async function failToStart(
  env: NodeJS.ProcessEnv,
  program = "src/server.ts",
): Promise<{ code: number | null; stderr: string }> {
  const child = spawnSite(env, program);
  const said = collect(child);
  await once(child, "close");
  return { code: child.exitCode, stderr: said.stderr };
}

function spawnSite(env: NodeJS.ProcessEnv, program: string): ChildProcess {
  const command = ["--import", "tsx", "--conditions=@kysely-lucia/source", program];
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

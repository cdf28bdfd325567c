import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

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
  const address = new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", () => {
      const url = /address +(http:[^\s,]+)/.exec(said.stdout)?.[1];
      if (url) resolve(url);
    });
    child.once("close", () => reject(new Error(`The site did not start. ${said.stderr}`)));
  });
  const stop = async (signal: NodeJS.Signals = "SIGTERM") => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, "close");
    }
    return child.exitCode;
  };
  return { url: await address, log: () => said.stdout + said.stderr, stop };
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

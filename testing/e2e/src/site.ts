import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { findFreePort } from "@kysely-lucia/services";
import type { Example } from "./examples.js";

type Env = Readonly<Record<string, string>>;

/** A site, running in a process of its own. */
export interface Site {
  readonly url: string;
  /** Ends the process at once and starts it again, at the same address. */
  restart(): Promise<void>;
  /** Asks the process to end and waits for it. Returns its exit code, null where it did not end by itself. */
  stop(): Promise<number | null>;
}

/** How a process ended that was not to start, and what it said. */
export interface Refusal {
  readonly code: number | null;
  readonly said: string;
}

/**
 * Starts an example on a free port, and waits until it says its address.
 *
 * @throws Error with all that it said, where it does not start
 */
export async function startSite(example: Example, env: Env): Promise<Site> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const start = () => serve(example, { PORT: String(port), ORIGIN: url, ...env }, url);
  let child = await start();
  return {
    url,
    restart: async () => {
      await end(child, "SIGKILL");
      child = await start();
    },
    stop: () => end(child, "SIGTERM"),
  };
}

/** Starts an example where it must not run, and waits for its end. */
export async function failToStart(example: Example, env: Env): Promise<Refusal> {
  const { child, log } = spawnSite(example, { PORT: String(await findFreePort()), ...env });
  const [code] = await once(child, "close");
  return { code, said: log() };
}

async function serve(example: Example, env: Env, url: string): Promise<ChildProcess> {
  const { child, log } = spawnSite(example, env);
  await new Promise<void>((resolve, reject) => {
    const look = () => log().includes(url) && resolve();
    child.stdout?.on("data", look);
    child.stderr?.on("data", look);
    child.once("error", reject);
    child.once("close", (code, signal) => {
      const hint = "If it has to be built first: pnpm exec turbo run build";
      const problem = `The site ${example.name} ended (${code ?? signal}) before it said ${url}.`;
      reject(new Error(`${problem} ${hint}\n${log()}`));
    });
  });
  return child;
}

function spawnSite({ name, serve: [program, ...args] }: Example, env: Env) {
  // What is set for the tests is not for the site.
  const { NODE_ENV: _mode, VITEST: _vitest, ...inherited } = process.env;
  const cwd = fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url));
  const child = spawn(program, args, { cwd, env: { ...inherited, ...env } });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      said += text;
    });
  }
  return { child, log: () => said };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const closed = once(child, "close");
    child.kill(signal);
    await closed;
  }
  return child.exitCode;
}

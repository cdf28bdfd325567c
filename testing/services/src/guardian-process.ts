import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { Plan, Report, Request } from "./server.js";

/** Starts the process that runs one server and ends with this one. */
export function startGuardian(plan: Plan): ChildProcess {
  return fork(new URL("./guardian.mjs", import.meta.url), [JSON.stringify(plan)], {
    detached: true,
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}

/** What went wrong, if something did. */
export async function firstReport(guardian: ChildProcess): Promise<string | undefined> {
  const settled = new AbortController();
  const { signal } = settled;
  const reported = once(guardian, "message", { signal }).then(([report]: Report[]) =>
    report?.type === "failed" ? report.log : undefined,
  );
  const ended = once(guardian, "exit", { signal }).then(
    ([code, killedBy]) => `Its guardian ended (${killedBy ?? code}).`,
  );
  try {
    return await Promise.race([reported, ended]);
  } finally {
    settled.abort();
  }
}

/** A server alone does not keep a process from ending. */
export function letGo(guardian: ChildProcess): void {
  guardian.unref();
  guardian.channel?.unref();
}

/** Has it do something, and waits until that is done. */
export async function ask(guardian: ChildProcess, request: Request): Promise<void> {
  if (!guardian.connected) throw new Error(`Cannot ${request} a server that is gone.`);
  guardian.ref();
  guardian.channel?.ref();
  const report = firstReport(guardian);
  guardian.send(request);
  const problem = await report;
  letGo(guardian);
  if (problem !== undefined) throw new Error(`The server did not ${request}:\n${problem}`);
}

/** Ends the server, and the guardian with it. */
export async function stop(guardian: ChildProcess): Promise<void> {
  if (guardian.exitCode !== null || guardian.signalCode !== null) return;
  guardian.ref();
  const exit = once(guardian, "exit");
  if (guardian.connected) guardian.disconnect();
  const [code, signal] = await exit;
  if (code !== 0) throw new Error(`The server's guardian did not end well (${signal ?? code}).`);
}

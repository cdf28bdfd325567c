import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import type { ServiceName } from "./services.js";

const CHILD = fileURLToPath(new URL("./child.ts", import.meta.url));

/** Whether anybody accepts connections there. */
export async function isOpen(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** A process, the leader of a group like that of a shell's command, that starts a server. */
export async function startInChild(
  name: ServiceName,
): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", CHILD, name], {
    detached: true,
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let log = "";
  child.stderr?.setEncoding("utf8").on("data", (text) => {
    log += text;
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once("message", (message) => resolve(String(message)));
    child.once("close", () => reject(new Error(`The child ended early:\n${log}`)));
  });
  return { child, url };
}

/** Ends such a process and waits for the guardian too, which has the same standard error. */
export async function killGroup(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const closed = once(child, "close");
  process.kill(-(child.pid ?? Number.NaN), signal);
  await closed;
}

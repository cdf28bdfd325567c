import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type ServiceName, services } from "./services.js";

const CHILD = fileURLToPath(new URL("./child.ts", import.meta.url));

// The tests are about servers of one's own, even where the environment has one for other tests.
beforeEach(() => {
  for (const { variable } of Object.values(services)) vi.stubEnv(variable, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function isOpen(url: string): Promise<boolean> {
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
async function startInChild(name: ServiceName): Promise<{ child: ChildProcess; url: string }> {
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

describe.each(Object.keys(services) as ServiceName[])("%s", (name) => {
  const { start, ask, version, versionSql, directorySql } = services[name];
  const findDirectory = async (url: string) =>
    path.dirname(path.resolve(await ask(url, directorySql)));

  test("starts, answers, and leaves nothing behind when stopped, also twice", async () => {
    const server = await start();
    const directory = await findDirectory(server.url);
    expect(await ask(server.url, versionSql)).toMatch(version);
    expect(new URL(server.url).hostname).toBe("127.0.0.1");
    expect(existsSync(directory)).toBe(true);

    await Promise.all([server.stop(), server.stop()]);
    await server.stop();
    expect(await isOpen(server.url)).toBe(false);
    expect(existsSync(directory)).toBe(false);
  });

  test("servers started together are strangers to each other", async () => {
    const [one, other] = await Promise.all([start(), start()]);
    try {
      expect(await findDirectory(one.url)).not.toBe(await findDirectory(other.url));
      await one.stop();
      expect(await ask(other.url, versionSql)).toMatch(version);
    } finally {
      await Promise.all([one.stop(), other.stop()]);
    }
  });

  test.each(["SIGKILL", "SIGINT"] as const)(
    "is gone after %s to the process group",
    async (signal) => {
      const { child, url } = await startInChild(name);
      const directory = await findDirectory(url);
      expect(existsSync(directory)).toBe(true);

      // The guardian has the child's standard error too, which closes when the last of them ends.
      const closed = once(child, "close");
      process.kill(-(child.pid ?? Number.NaN), signal);
      await closed;
      expect(child.signalCode).toBe(signal);
      expect(await isOpen(url)).toBe(false);
      expect(existsSync(directory)).toBe(false);
    },
  );

  test("stops a server that a connection is open to", async () => {
    const server = await start();
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    // Not by `once`, which rejects where the server ends the connection with a reset.
    const closed = new Promise((resolve) => socket.once("close", resolve));
    socket.on("error", () => {}).resume();
    await server.stop();
    await closed;
    expect(await isOpen(server.url)).toBe(false);
  });
});

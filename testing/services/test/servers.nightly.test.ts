import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { startMariadb, startPostgres } from "../src/index.js";
import { isOpen, killGroup, startInChild } from "./processes.js";
import { askMariadb, askPostgres, type ServiceName, services } from "./services.js";

// The tests are about servers of one's own, even where the environment has one for other tests.
beforeEach(() => {
  for (const { variable } of Object.values(services)) vi.stubEnv(variable, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe.each(Object.keys(services) as ServiceName[])("%s", (name) => {
  const { start, version, readVersion, findDirectory, readConnectionLimit } = services[name];

  test("starts, answers, and leaves nothing behind when stopped, also twice", async () => {
    const server = await start();
    const directory = await findDirectory(server.url);
    expect(await readVersion(server.url)).toMatch(version);
    expect(await readConnectionLimit(server.url)).toBeGreaterThanOrEqual(200);
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
      expect(await readVersion(other.url)).toMatch(version);
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

      await killGroup(child, signal);
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

describe("PostgreSQL", () => {
  test.each([14, 18] as const)("comes in version %i", async (version) => {
    const server = await startPostgres({ version });
    const found = await services.postgres.readVersion(server.url);
    await server.stop();
    expect(found).toMatch(new RegExp(`^PostgreSQL ${version}\\.`));
  });

  test("stops at once, also where connections come meanwhile that say nothing", async () => {
    const server = await startPostgres({ version: 14 });
    const { hostname, port } = new URL(server.url);
    const connections = Array.from({ length: 300 }, async (_, index) => {
      await wait(index / 6);
      connect(Number(port), hostname).on("error", () => {});
    });
    const start = performance.now();
    await server.stop();
    expect(performance.now() - start).toBeLessThan(4000);
    await Promise.all(connections);
  });

  test("speaks German where it is asked to", async () => {
    const server = await startPostgres({ language: "de" });
    const division = askPostgres(server.url, "select 1 / 0 as answer");
    await division.catch(() => {});
    await server.stop();
    await expect(division).rejects.toThrow("Division durch Null");
  });
});

test("MariaDB speaks German to a session that asks for it", async () => {
  const server = await startMariadb();
  const missing = askMariadb(
    server.url,
    "set session lc_messages = 'de_DE'",
    "select answer from missing",
  );
  await missing.catch(() => {});
  await server.stop();
  await expect(missing).rejects.toThrow("Tabelle 'test.missing' existiert nicht");
});

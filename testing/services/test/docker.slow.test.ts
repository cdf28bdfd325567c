import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { canRunContainers } from "../src/docker.js";
import { mariadbInDocker } from "../src/mariadb.js";
import { postgresInDocker } from "../src/postgres-recipes.js";
import { redisInDocker } from "../src/redis.js";
import { startServer } from "../src/server.js";
import { isOpen, killGroup, startInChild } from "./processes.js";

const STUB = readFileSync(new URL("./docker-stub.cjs", import.meta.url), "utf8");

describe("with a stub instead of Docker", () => {
  let folder: string;
  const containers = () => readdirSync(folder).filter((name) => name.endsWith(".json"));

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "docker-stub-"));
    const program = path.join(folder, "docker");
    writeFileSync(program, `#!${process.execPath}\n${STUB}`);
    chmodSync(program, 0o755);
    vi.stubEnv("PATH", folder);
    vi.stubEnv("KYSELY_LUCIA_REDIS_URL", undefined);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  test.each([
    { recipe: postgresInDocker(17), image: "postgres:17", port: 5432, arg: "fsync=off" },
    { recipe: mariadbInDocker, image: "mariadb:10.11", port: 3306, arg: "--skip-log-bin" },
    { recipe: redisInDocker, image: "redis:7", port: 6379, arg: "--save" },
  ])("runs $image on the loopback interface, and removes it", async (wanted) => {
    const server = await startServer(wanted.recipe);
    const [container = ""] = containers();
    const { args } = JSON.parse(readFileSync(path.join(folder, container), "utf8"));
    const { port } = new URL(server.url);
    expect(args).toContain(`--publish=127.0.0.1:${port}:${wanted.port}`);
    expect(args).toContain("--rm");
    expect(args.indexOf(wanted.arg)).toBeGreaterThan(args.indexOf(wanted.image));
    expect(await isOpen(server.url)).toBe(true);

    await server.stop();
    // The stub does not wait until the process that it kills has ended.
    await vi.waitFor(async () => expect(await isOpen(server.url)).toBe(false));
    expect(containers()).toEqual([]);
  });

  test("removes the container after SIGKILL to the process group", async () => {
    // The PATH has no program but the stub.
    const { child, url } = await startInChild("redis");
    expect(containers()).toHaveLength(1);
    expect(await isOpen(url)).toBe(true);
    await killGroup(child, "SIGKILL");
    await vi.waitFor(async () => expect(await isOpen(url)).toBe(false));
    expect(containers()).toEqual([]);
  });

  test("asks whether there is an engine", () => {
    expect(canRunContainers()).toBe(true);
    vi.stubEnv("DOCKER_STUB_IS_DOWN", "1");
    expect(canRunContainers()).toBe(false);
    vi.stubEnv("PATH", "/missing");
    expect(canRunContainers()).toBe(false);
  });
});

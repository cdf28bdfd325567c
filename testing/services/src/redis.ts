import { planContainer } from "./docker.js";
import { findFiles, readVersion } from "./find-program.js";
import { provideServer } from "./provide-server.js";
import type { Recipe, Server } from "./server.js";

/**
 * Gives a Redis server: the one of the environment variable `KYSELY_LUCIA_REDIS_URL`, else one started
 * for the caller alone, with the program on the machine, else with Docker, else, on Debian or Ubuntu
 * as root, with the distribution's package, installed now. It keeps everything in memory only.
 *
 * @throws Error that names these ways, where none of them leads to a server
 * @example
 * ```ts
 * const redis = await startRedis();
 * const client = createClient({ url: redis.url });
 * // ...
 * await client.quit();
 * await redis.stop();
 * ```
 */
export async function startRedis(): Promise<Server> {
  return provideServer({
    what: "Redis server",
    variable: { name: "KYSELY_LUCIA_REDIS_URL", example: "redis://localhost:6379" },
    ways: ["put redis-server on the PATH"],
    find: findRedis,
    inDocker: redisInDocker,
    debianPackages: ["redis-server"],
  });
}

const url = (port: number) => `redis://127.0.0.1:${port}`;
const SETTINGS = ["--save", "", "--appendonly", "no"];
const READY = "Ready to accept connections";

const IMAGE = { name: "redis:7", port: 6379, args: SETTINGS, readyPattern: READY };

/** The way to run it in a container. */
export const redisInDocker: Recipe = {
  name: "redis",
  url,
  plan: (place) => planContainer(IMAGE, place),
};

function findRedis(): Recipe | undefined {
  const program = findFiles("redis-server").find((file) => readVersion(file, undefined));
  if (program === undefined) return undefined;
  return {
    name: "redis",
    url,
    plan: ({ directory, port }) => ({
      serve: [program, "--port", `${port}`, "--bind", "127.0.0.1", "--dir", directory, ...SETTINGS],
      readyPattern: READY,
      stopSignal: "SIGTERM",
    }),
  };
}

import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const USERS = fileURLToPath(new URL("./users.ts", import.meta.url));
const PACKAGE = fileURLToPath(new URL("..", import.meta.url));

/** Makes one program of `users.ts` and the sources, so that each process starts in no time. */
export async function buildUsers(): Promise<{ program: string; remove(): Promise<void> }> {
  // From here the drivers are found, which stay outside of the program.
  const directory = await mkdtemp(join(PACKAGE, "node_modules", ".program-"));
  await build({
    entryPoints: [USERS],
    outdir: directory,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    // A process loads its own driver, and no other.
    splitting: true,
    format: "esm",
    platform: "node",
    conditions: ["@kysely-lucia/source"],
    external: ["better-sqlite3", "mysql2", "pg"],
    logLevel: "error",
  });
  return {
    program: join(directory, "users.mjs"),
    remove: () => rm(directory, { recursive: true }),
  };
}

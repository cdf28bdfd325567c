import { cp, mkdir, mkdtemp, realpath, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { appOf } from "./app.js";
import type { Dialect } from "./dialects.js";
import { run } from "./run.js";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** How a new project is set up. */
export type Manager = "npm" | "pnpm";

/** What a dialect's package brings along; the registry has none of these versions. */
const SHARED = ["core", "schema"];
/** What every app with Node.js has. */
const PEERS = ["kysely@0.28.18", "lucia-auth@1.8.0", "@types/node@20"];

/**
 * Packs what a dialect's package consists of, as it would be published, and as it was built last: `turbo run build` comes before.
 *
 * @returns where the files are, by their packages' names
 */
export async function packed(dialects: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), "kysely-lucia-tarballs-"));
  const tarballs = new Map<string, string>();
  for (const name of [...SHARED, ...dialects]) {
    const file = join(folder, `${name}.tgz`);
    await run(ROOT, "pnpm", ["--dir", join("packages", name), "pack", "--out", file]);
    tarballs.set(`@kysely-lucia/${name}`, file);
  }
  return tarballs;
}

/** A folder in which nothing was but an app, and in which a package manager has installed what it needs. */
export async function newProject(
  dialect: Dialect,
  manager: Manager,
  tarballs: ReadonlyMap<string, string>,
): Promise<string> {
  const folder = await realpath(
    await mkdtemp(join(tmpdir(), `kysely-lucia-${dialect.name}-${manager}-`)),
  );
  const fromTarballs = (...names: string[]) =>
    Object.fromEntries(
      names
        .map((name) => `@kysely-lucia/${name}`)
        .map((name) => [name, `file:${tarballs.get(name)}`]),
    );
  const overrides = fromTarballs(...SHARED);
  await write(folder, "package.json", {
    private: true,
    type: "module",
    dependencies: fromTarballs(dialect.name),
    ...(manager === "npm" ? { overrides } : { pnpm: { overrides } }),
  });
  await write(folder, "tsconfig.json", {
    compilerOptions: {
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      // What an app exports has to be nameable by what it has installed itself.
      declaration: true,
      module: "nodenext",
      target: "es2022",
      types: ["node"],
      rootDir: ".",
      outDir: "built",
    },
    files: ["app.ts"],
  });
  await writeFile(join(folder, "app.ts"), appOf(dialect));
  const packages = [...PEERS, ...dialect.packages];
  const command =
    manager === "npm"
      ? ["install", "--ignore-scripts", "--no-audit", "--no-fund"]
      : ["add", "--ignore-scripts", "--ignore-workspace"];
  await install(folder, manager, [...command, ...packages]);
  if (dialect.driver === "better-sqlite3") await takeBuiltAddon(folder);
  return folder;
}

/** Asks again where the registry has hung up: package managers do so only until its answer has begun. */
async function install(folder: string, manager: string, args: readonly string[]): Promise<void> {
  const isOfNetwork = /\b(ECONNRESET|ETIMEDOUT|EAI_AGAIN|ERR_SOCKET_TIMEOUT)\b/;
  for (let attempt = 1; ; attempt++) {
    try {
      await run(folder, manager, args);
      return;
    } catch (error) {
      if (attempt === 3 || !isOfNetwork.test(String(error))) throw error;
      console.warn(`The registry has hung up on ${manager}, which asks again.`);
    }
  }
}

/** It takes a minute to compile, which was done for the workspace already. */
async function takeBuiltAddon(folder: string): Promise<void> {
  const addon = join("build", "Release", "better_sqlite3.node");
  const manifest = createRequire(import.meta.url).resolve("better-sqlite3/package.json");
  const target = join(folder, "node_modules", "better-sqlite3", addon);
  await mkdir(dirname(target), { recursive: true });
  await cp(join(dirname(manifest), addon), target);
}

async function write(folder: string, file: string, content: object): Promise<void> {
  await writeFile(join(folder, file), JSON.stringify(content, undefined, 2));
}

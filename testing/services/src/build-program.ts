import { mkdtemp, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";

/** A program in JavaScript, until it is removed. */
export interface Program {
  readonly file: string;
  remove(): Promise<void>;
}

/**
 * Makes one program of a file in TypeScript, what it imports and the sources of the workspace's packages, so that
 * each process of it starts in no time.
 *
 * @param folder of the package that the file is in, where the packages that stay outside are found
 * @param entry the file, from that folder
 * @param options `external`: those packages
 */
export async function buildProgram(
  folder: URL,
  entry: string,
  options: Pick<BuildOptions, "external" | "sourcemap">,
): Promise<Program> {
  const root = fileURLToPath(folder);
  const directory = await mkdtemp(join(root, "node_modules", ".program-"));
  await build({
    entryPoints: [join(root, entry)],
    outdir: directory,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    // A process loads what it uses, such as its own driver, and no other.
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    conditions: ["@kysely-lucia/source"],
    logLevel: "error",
    ...options,
  });
  return {
    file: join(directory, `${basename(entry, ".ts")}.mjs`),
    remove: () => rm(directory, { recursive: true }),
  };
}

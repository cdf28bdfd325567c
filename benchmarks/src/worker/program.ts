import { mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const PACKAGE = fileURLToPath(new URL("../..", import.meta.url));
const OURS = "@kysely-lucia/";

/** The program of the workers, until it is removed. */
export interface Program {
  readonly file: string;
  remove(): Promise<void>;
}

/**
 * Makes one program of the files of the benchmarks. tsx would run them as they are, but gives every
 * function that is made its name by a call, also where time is measured.
 *
 * @param ours `built`: the packages are loaded as users get them; `sources`: nothing has to be built
 */
export async function createProgram(ours: "built" | "sources"): Promise<Program> {
  // From here the packages are found, which stay outside of the program.
  const directory = await mkdtemp(join(PACKAGE, "node_modules", ".program-"));
  const { dependencies } = JSON.parse(await readFile(join(PACKAGE, "package.json"), "utf8"));
  const outside = Object.keys(dependencies).filter(
    (name) => ours === "built" || !name.startsWith(OURS),
  );
  await build({
    entryPoints: [join(PACKAGE, "src/worker/main.ts")],
    outdir: directory,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    // A process loads its own contestant and no other.
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    conditions: ours === "sources" ? ["@kysely-lucia/source"] : [],
    external: outside,
    sourcemap: "inline",
    logLevel: "error",
  });
  return {
    file: join(directory, "main.mjs"),
    remove: () => rm(directory, { recursive: true }),
  };
}

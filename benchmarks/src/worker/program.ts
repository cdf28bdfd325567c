import { readFile } from "node:fs/promises";
import { buildProgram, type Program } from "@kysely-lucia/services";

const PACKAGE = new URL("../..", import.meta.url);
const OURS = "@kysely-lucia/";

/**
 * Makes the program of the workers. tsx would run their files as they are, but gives every function that is made
 * its name by a call, also where time is measured.
 *
 * @param ours `built`: the packages are loaded as users get them; `sources`: nothing has to be built
 */
export async function createProgram(ours: "built" | "sources"): Promise<Program> {
  const { dependencies } = JSON.parse(await readFile(new URL("package.json", PACKAGE), "utf8"));
  const external = Object.keys(dependencies).filter(
    (name) => ours === "built" || !name.startsWith(OURS),
  );
  return buildProgram(PACKAGE, "src/worker/main.ts", { external, sourcemap: "inline" });
}

import { readFile } from "node:fs/promises";

const PACKAGE = new URL("../../package.json", import.meta.url);
/** Packages of the bench that take no part in what is measured. */
const TOOLS = ["@observablehq/plot", "birpc", "linkedom", "ora"];

/** The packages that take part, as they are installed: `kysely 0.28.18`. */
export async function installedVersions(): Promise<string[]> {
  const { dependencies } = JSON.parse(await readFile(PACKAGE, "utf8"));
  const names = Object.keys(dependencies).filter(
    (name) => !name.startsWith("@kysely-lucia/") && !TOOLS.includes(name),
  );
  return Promise.all(
    names.map(async (alias) => {
      // Not by import: most packages do not export it.
      const manifest = new URL(`../../node_modules/${alias}/package.json`, import.meta.url);
      const { name, version } = JSON.parse(await readFile(manifest, "utf8"));
      return `${name} ${version}`;
    }),
  );
}

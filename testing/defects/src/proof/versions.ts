import { readFile } from "node:fs/promises";

const PACKAGES = [
  "lucia-auth",
  "@lucia-auth/adapter-sqlite",
  "@lucia-auth/adapter-postgresql",
  "@lucia-auth/adapter-mysql",
  "kysely",
  "better-sqlite3",
  "pg",
  "mysql2",
];

/** The packages that take part, as they are installed: `kysely 0.28.18`. */
export async function installedVersions(): Promise<string[]> {
  const packages = PACKAGES.map(async (name) => {
    // Not by import: most packages do not export it.
    const manifest = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
    const { version } = JSON.parse(await readFile(manifest, "utf8"));
    return `${name} ${version}`;
  });
  return [...(await Promise.all(packages)), `Node ${process.versions.node}`];
}

/** Releases of Node.js that the packages are for. */
export const NODES = [20, 22, 24, 26] as const;

type Node = (typeof NODES)[number];

/** The vitest projects that are about one database each, and the folder of its package. */
export const DATABASES = {
  sqlite: { project: "unit", folder: "packages/sqlite" },
  postgres: { project: "postgres-18", folder: "packages/postgres" },
  mysql: { project: "mysql", folder: "packages/mysql" },
} as const;

export type Database = keyof typeof DATABASES;

/** Releases of what the packages are used with. */
const OLDEST = { kysely: "0.28.0", "better-sqlite3": "11.0.0", pg: "8.23.0", mysql2: "3.24.0" };
const NEWEST = { kysely: "0.29.9", "better-sqlite3": "13.2.0", pg: "8.23.1", mysql2: "3.24.6" };

type Packages = Readonly<Record<keyof typeof OLDEST, string>>;

/** A Node.js with certain releases of Kysely and the drivers. */
export interface Cell {
  readonly node: Node;
  readonly packages: Packages;
}

/** Each Node.js with the oldest and the newest releases that it can run. */
export const CELLS: readonly Cell[] = NODES.flatMap((node) => [
  { node, packages: { ...OLDEST, "better-sqlite3": oldestSqlite(node) } },
  { node, packages: { ...NEWEST, "better-sqlite3": newestSqlite(node) } },
]);

/** Earlier ones do not compile against the headers of later releases of Node.js. */
function oldestSqlite(node: Node): string {
  return { 20: "11.0.0", 22: "11.0.0", 24: "12.0.0", 26: "12.11.1" }[node];
}

/** better-sqlite3 13 ends the process on Node 20. */
function newestSqlite(node: Node): string {
  return node === 20 ? "12.11.1" : NEWEST["better-sqlite3"];
}

/** As a line of a table or of a workflow says it. */
export function nameOf({ node, packages }: Cell): string {
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`);
  return [`Node ${node}`, ...versions].join(", ");
}

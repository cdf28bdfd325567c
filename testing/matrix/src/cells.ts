/** Releases of Node.js that the packages are for. */
export const NODES = [20, 22, 24, 26] as const;

type Node = (typeof NODES)[number];

/** The vitest projects that are about one database each, the folder of its package, and its driver. */
export const DATABASES = {
  sqlite: { project: "unit", folder: "packages/sqlite", driver: "better-sqlite3" },
  postgres: { project: "postgres-18", folder: "packages/postgres", driver: "pg" },
  mysql: { project: "mysql", folder: "packages/mysql", driver: "mysql2" },
} as const;

export type Database = keyof typeof DATABASES;

/** Releases of what the packages are used with. */
const OLDEST = { kysely: "0.28.0", pg: "8.23.0", mysql2: "3.24.0" };
const NEWEST = { kysely: "0.29.9", pg: "8.23.1", mysql2: "3.24.6" };

/**
 * The oldest and the newest release of better-sqlite3 for each Node.js. The first ones do not compile against the headers of later
 * releases of Node.js; 13 ends the process on Node 20.
 */
const SQLITES = {
  20: ["11.0.0", "12.11.1"],
  22: ["11.0.0", "13.2.0"],
  24: ["12.0.0", "13.2.0"],
  26: ["12.11.1", "13.2.0"],
} as const;

type Packages = Readonly<Record<keyof typeof OLDEST | "better-sqlite3", string>>;

/** A Node.js with certain releases of Kysely and the drivers. */
export interface Cell {
  readonly node: Node;
  readonly packages: Packages;
}

/** Each Node.js with the oldest and the newest releases that it can run. */
export const CELLS: readonly Cell[] = NODES.flatMap((node) => {
  const [oldest, newest] = SQLITES[node];
  return [
    { node, packages: { ...OLDEST, "better-sqlite3": oldest } },
    { node, packages: { ...NEWEST, "better-sqlite3": newest } },
  ];
});

/** As a line of a table or of a workflow says it. */
export function nameOf({ node, packages }: Cell): string {
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`);
  return [`Node ${node}`, ...versions].join(", ");
}

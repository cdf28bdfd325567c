import type { DatabaseName } from "../scenarios/scenario.js";
import type { WiringSource } from "./wiring.js";

/** Who has wired Kysely and Lucia together: whoever followed Lucia's documentation, or this project. */
export type Wirer = "by-hand" | "ours";

export type WiringName = `${Wirer}-${DatabaseName}`;

/** The wirings by their names. A process loads its own and no other, with its one driver. */
export const wirings: Readonly<Record<WiringName, () => Promise<WiringSource>>> = {
  "by-hand-sqlite": async () => (await import("./by-hand-sqlite.js")).byHandSqlite,
  "ours-sqlite": async () => (await import("./ours-sqlite.js")).oursSqlite,
  "by-hand-postgres": async () => (await import("./by-hand-postgres.js")).byHandPostgres,
  "ours-postgres": async () => (await import("./ours-postgres.js")).oursPostgres,
  "by-hand-mysql": async () => (await import("./by-hand-mysql.js")).byHandMysql,
  "ours-mysql": async () => (await import("./ours-mysql.js")).oursMysql,
};

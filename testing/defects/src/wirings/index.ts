import { oursSqlite } from "./ours-sqlite.js";
import { pageSqlite } from "./page-sqlite.js";
import type { WiringSource } from "./wiring.js";

/** Each dialect's wiring by hand, followed by ours. */
export const wirings: readonly WiringSource[] = [pageSqlite, oursSqlite];

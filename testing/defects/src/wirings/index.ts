import { byHandSqlite } from "./by-hand-sqlite.js";
import { oursSqlite } from "./ours-sqlite.js";
import type { WiringSource } from "./wiring.js";

/** Each dialect's wiring by hand, followed by ours. */
export const wirings: readonly WiringSource[] = [byHandSqlite, oursSqlite];

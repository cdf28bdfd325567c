import { DIALECTS, type DialectName } from "../dialects/dialect.js";
import type { Contestant } from "./contestant.js";
import { KYSELY, OFFICIAL, OURS, RAW } from "./names.js";

/** Says who takes part, and loads nobody's packages until they are needed. */
interface Entry {
  readonly name: string;
  readonly dialects: readonly DialectName[];
  load(): Promise<Contestant>;
}

/** In the order in which results show them. */
export const contestants: readonly Entry[] = [
  { name: OURS, dialects: DIALECTS, load: async () => (await import("./ours.js")).ours },
  {
    name: OFFICIAL,
    dialects: DIALECTS,
    load: async () => (await import("./official.js")).official,
  },
  { name: KYSELY, dialects: DIALECTS, load: async () => (await import("./kysely.js")).kysely },
  { name: "Lucia 3", dialects: DIALECTS, load: async () => (await import("./lucia3.js")).lucia3 },
  {
    name: "better-auth",
    dialects: DIALECTS,
    load: async () => (await import("./better-auth.js")).betterAuth,
  },
  {
    name: "express-session",
    dialects: ["postgres"],
    load: async () => (await import("./express-session.js")).expressSession,
  },
  { name: RAW, dialects: DIALECTS, load: async () => (await import("./raw.js")).raw },
  {
    name: "driver alone, by callbacks",
    dialects: ["postgres", "mysql"],
    load: async () => (await import("./raw.js")).rawByCallbacks,
  },
];

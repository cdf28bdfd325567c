import { randomInt } from "node:crypto";

const { KYSELY_LUCIA_RUNS, KYSELY_LUCIA_SEED, KYSELY_LUCIA_PATH } = process.env;

/** How many sequences each test tries. `pnpm test:nightly` says how many there are at night. */
export const numRuns = Number(KYSELY_LUCIA_RUNS ?? 25);

/** A seed makes the same sequences again. With the path that a failure has printed, it is that one alone. */
export const seed = Number(KYSELY_LUCIA_SEED ?? randomInt(2 ** 31));
export const path = KYSELY_LUCIA_PATH ?? "";

/** In milliseconds. A sequence that hangs is a failure; shortening it takes as long again, and again. */
export const timeoutOfRun = 10_000;
export const timeoutOfTest = 60_000 + numRuns * 1000;

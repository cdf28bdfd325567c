/** What is in the tables. Users and sessions are numbered from 0. */
export interface World {
  readonly users: number;
  readonly sessionsPerUser: number;
  /** Sessions that are due for renewal, all of them. */
  readonly idle: boolean;
  readonly notesPerUser: number;
}

export const HOUR = 60 * 60 * 1000;
export const DAY = 24 * HOUR;

/** Every user's, so that filling needs no hash for each. */
export const PASSWORD = "correct horse battery";
export const STUBBED_HASH = `stub:${PASSWORD}`;

/** What ids that were filled in begin with: what was written while measuring is told from it. */
export const SEED = "seed";

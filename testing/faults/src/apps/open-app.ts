import type { App } from "../app.js";

/** The code under test, on a pool of its own. */
export interface OpenApp {
  readonly app: App;
  readonly pool: Pool;
}

/** The driver's own pool. */
export interface Pool {
  readonly max: number;
  /** How many connections are in use, and how many callers wait for one. */
  load(): { inUse: number; waiting: number };
  /** Takes a connection, asks the database something on it, and returns what gives it back. */
  take(): Promise<() => void | Promise<void>>;
}

/** A pool of some connections, of a single one, or one whose callers do not wait for long. */
export type PoolKind = "usual" | "single" | "impatient";

export const MAX: Readonly<Record<PoolKind, number>> = { usual: 4, single: 1, impatient: 4 };

/** How long callers of an impatient pool wait, where the driver can be told so, in milliseconds. */
export const PATIENCE_MS = 500;

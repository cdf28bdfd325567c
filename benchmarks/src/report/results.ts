import type { DialectName } from "../dialects/dialect.js";
import type { Settings } from "../settings.js";
import type { Machine } from "./machine.js";

/** What one piece of work has shown on one dialect. */
export interface Measurement {
  readonly work: string;
  readonly title: string;
  readonly dialect: DialectName;
  readonly unit: "per second" | "ms" | "µs" | "bytes";
  /** Of each contestant, or whatever else was compared: one of each round. */
  readonly values: Readonly<Record<string, readonly number[]>>;
  /** The one that the others are compared with, where there are others. */
  readonly reference: string | undefined;
}

/** What a run is kept as. */
export interface Results {
  readonly date: string;
  readonly commit: string;
  readonly machine: Machine;
  readonly versions: readonly string[];
  readonly settings: Settings;
  readonly measurements: readonly Measurement[];
}

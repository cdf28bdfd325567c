import type { DialectName } from "../dialects/dialect.js";
import type { Measurement } from "../report/results.js";
import type { Settings } from "../settings.js";
import type { Stage } from "./stage.js";

/** A way to measure something on one dialect. */
export interface Procedure {
  /** What `--only` takes. */
  readonly name: string;
  /** Whether it is a part of such a run. */
  belongsTo(dialect: DialectName, settings: Settings): boolean;
  run(stage: Stage): Promise<Measurement[]>;
}

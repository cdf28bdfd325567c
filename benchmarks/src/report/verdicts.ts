import { ratioOf, type Spread, spreadOf } from "../measure/statistics.js";
import type { Target } from "../targets.js";
import type { Measurement } from "./results.js";

/** What came of a target. */
export interface Verdict {
  readonly target: Target;
  readonly measurement: Measurement;
  readonly seen: Spread;
  readonly reached: boolean;
}

/** Of those targets that were measured. */
export function verdictsOf(
  targets: readonly Target[],
  measurements: readonly Measurement[],
): Verdict[] {
  return targets.flatMap((target) => {
    const measurement = measurements.find(
      ({ work, dialect }) => work === target.work && dialect === target.dialect,
    );
    const values = measurement?.values[target.of];
    const others = target.against === undefined ? undefined : measurement?.values[target.against];
    if (!measurement || !values || (target.against !== undefined && !others)) return [];
    const seen = others ? ratioOf(values, others) : spreadOf(values);
    const reached =
      "atLeast" in target ? seen.median >= target.atLeast : seen.median <= target.atMost;
    return [{ target, measurement, seen, reached }];
  });
}

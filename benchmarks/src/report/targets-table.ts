import { quantity, ratio } from "./figures.js";
import { dialectName, table } from "./markdown.js";
import type { Verdict } from "./verdicts.js";

/** What was to be reached, and what was. */
export function targetsTable(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ target, measurement, seen, reached }) => {
    const { against } = target;
    const [bound, limit] =
      "atLeast" in target ? ["at least", target.atLeast] : ["at most", target.atMost];
    const { unit, title, dialect } = measurement;
    return [
      title,
      dialectName(dialect),
      against === undefined ? target.of : `${target.of} against ${against}`,
      `${bound} ${against === undefined ? quantity(limit, unit) : `${limit}×`}`,
      against === undefined ? quantity(seen.median, unit) : ratio(seen),
      reached ? "✓" : "missed",
    ];
  });
  return table(["work", "on", "compared", "target", "reached", "result"], rows);
}

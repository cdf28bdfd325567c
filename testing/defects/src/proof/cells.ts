import { type Defect, defectOf } from "../defects.js";
import { isRunOn, scenarios } from "../scenarios/index.js";
import type { DatabaseName, Scenario } from "../scenarios/scenario.js";
import type { Wirer } from "../wirings/index.js";

export const wirers: readonly Wirer[] = ["by-hand", "ours"];

/** One scenario on one wiring and one database. */
export interface Cell {
  readonly scenario: Scenario;
  readonly wirer: Wirer;
  readonly database: DatabaseName;
}

/** All that is run for these defects on these databases. */
export function cellsOf(
  databases: readonly DatabaseName[],
  defects: readonly Defect[],
): readonly Cell[] {
  return scenarios
    .filter(({ id }) => defects.includes(defectOf(id)))
    .flatMap((scenario) => databases.map((database) => ({ scenario, database })))
    .filter(({ scenario, database }) => isRunOn(scenario, database))
    .flatMap((cell) => wirers.map((wirer) => ({ ...cell, wirer })));
}

import { differences, expectedOf } from "../expected/index.js";
import type { Result } from "../run.js";
import type { Cell } from "./cells.js";

/** What the table says of one cell. */
export interface Verdict {
  readonly cell: Cell;
  readonly status: "holds" | "fails" | "kept" | "not run";
  /** What there is to say beside that, or nothing. */
  readonly words: string;
  /** In what it is not as expected. */
  readonly problems: readonly string[];
}

/** What came of a run that could be made. */
export function judge(cell: Cell, result: Result): Verdict {
  const { scenario, wirer, database } = cell;
  const problems = differences(result, expectedOf(scenario, wirer, database));
  const { keptBecause } = scenario;
  if (wirer === "ours" && keptBecause && problems.length === 0) {
    return { cell, status: "kept", words: keptBecause, problems };
  }
  const status = result.outcome === "held" ? "holds" : "fails";
  return { cell, status, words: wordsOf(cell, result), problems };
}

/** Where the scenario could not be run, which says nothing about the wiring. */
export function cannotRun(cell: Cell, error: unknown): Verdict {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const [reason = ""] = (cause instanceof Error ? cause.message : String(cause)).split("\n", 1);
  return { cell, status: "not run", words: reason, problems: ["could not be run"] };
}

function wordsOf({ scenario }: Cell, { outcome, observation }: Result): string {
  if (outcome === "hung") return "no answer";
  if (outcome === "crashed" || !observation) return "the process ends";
  return outcome === "failed" || scenario.isCost ? scenario.inWords(observation) : "";
}

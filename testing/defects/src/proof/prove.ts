import type { RunningDatabase } from "../databases.js";
import { createRunner } from "../run.js";
import type { DatabaseName } from "../scenarios/scenario.js";
import type { Cell } from "./cells.js";
import { cannotRun, judge, type Verdict } from "./verdict.js";

/** As many as there are cores on a small machine: some scenarios look at what is done at once. */
const AT_A_TIME = 2;

interface Watcher {
  begun(cell: Cell): void;
  ended(verdict: Verdict): void;
}

/**
 * Runs the cells, each in a process of its own on a new database.
 *
 * @returns their verdicts, in the order of the cells
 * @throws the signal's reason, once what was under way has ended
 */
export async function prove(
  cells: readonly Cell[],
  databases: Readonly<Partial<Record<DatabaseName, RunningDatabase>>>,
  watcher: Watcher,
  signal: AbortSignal,
): Promise<Verdict[]> {
  const runner = await createRunner();
  const verdicts = new Map<Cell, Verdict>();
  const waiting = cells.values();

  const work = async () => {
    for (const cell of waiting) {
      signal.throwIfAborted();
      const { scenario, wirer, database } = cell;
      watcher.begun(cell);
      const provision = databases[database]?.provision;
      if (!provision) throw new Error(`${database} was not started.`);
      const verdict = await runner.run(scenario, `${wirer}-${database}`, provision).then(
        (result) => judge(cell, result),
        (error: unknown) => cannotRun(cell, error),
      );
      verdicts.set(cell, verdict);
      watcher.ended(verdict);
    }
  };
  try {
    const done = await Promise.allSettled(Array.from({ length: AT_A_TIME }, work));
    for (const one of done) if (one.status === "rejected") throw one.reason;
  } finally {
    await runner.remove();
  }
  return cells.flatMap((cell) => verdicts.get(cell) ?? []);
}

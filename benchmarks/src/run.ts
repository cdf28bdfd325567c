import type { DialectName } from "./dialects/dialect.js";
import { provide } from "./dialects/provide.js";
import type { Procedure } from "./procedures/procedure.js";
import { Stage } from "./procedures/stage.js";
import { currentCommit, describeMachine } from "./report/machine.js";
import type { Measurement, Results } from "./report/results.js";
import { installedVersions } from "./report/versions.js";
import type { Settings } from "./settings.js";
import { createProgram } from "./worker/program.js";

/** What a run consists of. */
export interface Plan {
  readonly settings: Settings;
  readonly dialects: readonly DialectName[];
  readonly procedures: readonly Procedure[];
  /** Our packages: `built`, as users get them, or the `sources`, which need no build. */
  readonly ours: "built" | "sources";
}

/**
 * Measures.
 *
 * @param tell what is being done, and the part of all that is done, from 0 to 1
 * @param signal ends it early, with nothing left behind
 * @throws Error where a contestant has not done its work, and the reason of the signal
 */
export async function run(
  { settings, dialects, procedures, ours }: Plan,
  tell: (what: string, part: number) => void,
  signal: AbortSignal = new AbortController().signal,
): Promise<Results> {
  tell("looking at the machine", 0);
  const machine = await describeMachine();
  const steps = dialects.flatMap((dialect) =>
    procedures
      .filter((procedure) => procedure.belongsTo(dialect, settings))
      .map((procedure) => ({ dialect, procedure })),
  );
  const program = await createProgram(ours);
  const measurements: Measurement[] = [];
  const databases: string[] = [];
  let done = 0;
  try {
    for (const dialect of dialects) {
      signal.throwIfAborted();
      const provider = await provide(dialect);
      databases.push(provider.version);
      const say = (what: string) => tell(`${provider.version}, ${what}`, done / steps.length);
      const stage = new Stage(dialect, settings, say, program, provider, signal);
      try {
        for (const { procedure } of steps.filter((step) => step.dialect === dialect)) {
          signal.throwIfAborted();
          measurements.push(...(await procedure.run(stage)));
          done += 1;
        }
      } finally {
        await stage.close();
      }
    }
  } finally {
    await program.remove();
  }
  const versions = [...databases, ...(await installedVersions())];
  const date = new Date().toISOString();
  return { date, commit: currentCommit(), machine, versions, settings, measurements };
}

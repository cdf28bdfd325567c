import type { DialectName } from "../dialects/dialect.js";
import { targets } from "../targets.js";
import type { Results } from "./results.js";
import { targetsTable } from "./targets-table.js";
import { verdictsOf } from "./verdicts.js";
import { byWork, workTable } from "./work-table.js";

/** More than this is a busy machine. */
const BUSY = 0.1;

/** Whether the machine was in use just before, so that the figures say little. */
export function wasBusyBefore({ machine }: Results): boolean {
  return machine.busyBefore > BUSY;
}

/** Everything, for a terminal and for `docs/performance.md`. */
export function fullReport(results: Results, chartOf?: (work: string) => string): string {
  const { measurements } = results;
  const sections = byWork(measurements).map((ofWork) => {
    const [{ work, title } = { work: "", title: "" }] = ofWork;
    return [`### ${title[0]?.toUpperCase()}${title.slice(1)}`, chartOf?.(work), workTable(ofWork)]
      .filter(Boolean)
      .join("\n\n");
  });
  return [...sections, targetsSection(results), origin(results)].filter(Boolean).join("\n\n");
}

/** The targets alone, for the README, or those of one dialect, for that of its package. */
export function shortReport(results: Results, dialect?: DialectName): string {
  const measurements = results.measurements.filter(
    (measurement) => dialect === undefined || measurement.dialect === dialect,
  );
  return [targetsTable(verdictsOf(targets, measurements)), origin(results)].join("\n\n");
}

function targetsSection({ measurements }: Results): string | undefined {
  const verdicts = verdictsOf(targets, measurements);
  return verdicts.length > 0 ? `### Targets\n\n${targetsTable(verdicts)}` : undefined;
}

function origin({ machine, versions, settings, date, commit }: Results): string {
  const { cpu, cores, node, busyBefore } = machine;
  return (
    `By \`pnpm bench\` on ${date.slice(0, 10)} at ${commit}, with ${settings.users.toLocaleString("en")} users, ` +
    `in ${settings.rounds} rounds of ${settings.roundMs} ms, on ${cores} cores of ${cpu} ` +
    `(${Math.round(busyBefore * 100)} % busy before), Node ${node}, ${versions.join(", ")}.`
  );
}

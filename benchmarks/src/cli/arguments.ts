import { parseArgs } from "node:util";
import { DIALECTS, type DialectName } from "../dialects/dialect.js";
import { procedures } from "../procedures/index.js";
import type { Procedure } from "../procedures/procedure.js";
import { FULL, QUICK, type Settings } from "../settings.js";

export const USAGE = `Usage: pnpm bench [--quick] [--on sqlite,postgres,mysql] [--only validate,…] [--write] [--report]

Measures kysely-lucia beside others, in turn, and prints the ratios. Takes twenty-five minutes.

  --quick    a minute: few users, short rounds, on SQLite unless --on says otherwise; without growth, memory
             and type-check
  --on       only on these databases
  --only     only this work; "create-session" stands for all that begins with it
  --write    also puts the results into README.md, docs/performance.md and its charts; only those of
             everything, on a machine that was idle before
  --report   measures nothing, and prints or writes the results of the last complete run

Work: ${procedures.map(({ name }) => name).join(", ")}.

Ends with 1 where something could not be run or written, and with 2 where it was called wrongly.`;

export interface Arguments {
  readonly help: boolean;
  readonly write: boolean;
  readonly report: boolean;
  /** Whether nothing is left out. */
  readonly isComplete: boolean;
  readonly settings: Settings;
  readonly dialects: readonly DialectName[];
  readonly procedures: readonly Procedure[];
}

/** @throws Error that says what is wrong with them */
export function readArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: "boolean", short: "h", default: false },
      quick: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
      report: { type: "boolean", default: false },
      on: { type: "string" },
      only: { type: "string" },
    },
  });
  const on = values.on?.split(",") ?? (values.quick ? ["sqlite"] : DIALECTS);
  const only = values.only?.split(",") ?? [""];
  for (const name of on) {
    if (DIALECTS.some((known) => known === name)) continue;
    throw new Error(`--on takes ${DIALECTS.join(", ")} (for MariaDB, too), not "${name}".`);
  }
  for (const start of only) {
    if (procedures.some(({ name }) => name.startsWith(start))) continue;
    throw new Error(`--only takes names of work, or beginnings of them, not "${start}".`);
  }
  if (values.report && (values.quick || values.on || values.only)) {
    throw new Error("--report is about the last complete run: it takes --write alone.");
  }

  const dialects = DIALECTS.filter((name) => on.includes(name));
  const chosen = procedures.filter(({ name }) => only.some((start) => isMeant(start, name)));
  const settings = values.quick ? QUICK : FULL;
  for (const { name, belongsTo } of values.only ? chosen : []) {
    if (dialects.some((dialect) => belongsTo(dialect, settings))) continue;
    throw new Error(
      `${name} is not measured ${values.quick ? "with --quick" : `on ${dialects.join(" or ")}`}.`,
    );
  }
  const isComplete =
    !values.quick && dialects.length === DIALECTS.length && chosen.length === procedures.length;
  if (values.write && !isComplete) throw new Error("--write is for everything on all databases.");
  return {
    help: values.help,
    write: values.write,
    report: values.report,
    isComplete,
    settings,
    dialects,
    procedures: chosen,
  };
}

/** `validate` is one of its own; what names none stands for all that begins with it. */
function isMeant(start: string, name: string): boolean {
  const isName = procedures.some((procedure) => procedure.name === start);
  return isName ? name === start : name.startsWith(start);
}

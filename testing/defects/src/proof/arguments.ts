import { parseArgs } from "node:util";
import { type Defect, defects } from "../defects.js";
import type { DatabaseName } from "../scenarios/scenario.js";

export const USAGE = `Usage: pnpm proof [--write] [--on sqlite,postgres,mysql] [D3 …]

Runs the defects on the wiring by hand and on ours, on real databases, and prints a table.

  --write   also puts the results into README.md and docs/defects.md, if all are as expected
  --on      only on these databases
  D3 …      only these defects

Ends with 1 where the wiring by hand does not fail as it is known to, where ours does not hold, or
where something could not be run, and with 2 where it was called wrongly.`;

const DATABASES: readonly DatabaseName[] = ["sqlite", "postgres", "mysql"];

export interface Arguments {
  readonly help: boolean;
  readonly write: boolean;
  readonly databases: readonly DatabaseName[];
  readonly defects: readonly Defect[];
}

/** @throws Error that says what is wrong with them */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: "boolean", short: "h", default: false },
      write: { type: "boolean", default: false },
      on: { type: "string" },
    },
  });
  const named = values.on?.split(",") ?? DATABASES;
  const unknown = [
    ...named.filter((name) => !DATABASES.some((known) => known === name)),
    ...positionals.filter((id) => !defects.some((known) => known.id === id)),
  ];
  if (unknown.length > 0) throw new Error(`There is no ${unknown.join(", ")}.`);

  const databases = DATABASES.filter((name) => named.includes(name));
  const isAll = databases.length === DATABASES.length && positionals.length === 0;
  if (values.write && !isAll) throw new Error("--write is for all defects on all databases.");
  const chosen = defects.filter(({ id }) => positionals.length === 0 || positionals.includes(id));
  return { help: values.help, write: values.write, databases, defects: chosen };
}

import { fileURLToPath } from "node:url";
import ts from "typescript";
import { KYSELY, OURS } from "../contestants/names.js";
import { alternate } from "../measure/alternate.js";
import type { Procedure } from "./procedure.js";

const apps = [
  { name: OURS, file: "ours.ts" },
  { name: KYSELY, file: "kysely.ts" },
];

/** What strict apps have, with their own declarations checked alone. */
const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  types: ["node"],
};

/** How long TypeScript takes for an app of thirty lines, and for the same with plain Kysely. */
export const typeCheck: Procedure = {
  name: "type-check",
  // The types of all dialects are of the same kind.
  belongsTo: (dialect, { typeCheckRounds }) => dialect === "sqlite" && typeCheckRounds > 0,
  run: async ({ dialect, settings, tell }) => {
    const values = await timeTypeChecks(settings.typeCheckRounds, tell);
    const title = "type-checking an app of thirty lines";
    return [{ work: "type-check", title, dialect, unit: "ms", values, reference: KYSELY }];
  },
};

/** In milliseconds. */
async function timeTypeChecks(
  rounds: number,
  tell: (what: string) => void,
): Promise<Record<string, number[]>> {
  for (const { file } of apps) check(file);
  return await alternate(apps, rounds, async ({ name, file }, round) => {
    tell(`type-check: round ${round + 1} of ${rounds}, ${name}`);
    const start = performance.now();
    check(file);
    return performance.now() - start;
  });
}

/** How many types TypeScript puts together from generic ones for each app, which does not depend on the machine. */
export function countInstantiations(): Record<string, number> {
  return Object.fromEntries(apps.map(({ name, file }) => [name, check(file)]));
}

/**
 * @returns how many types were put together from generic ones
 * @throws Error where there is something wrong with its types
 */
function check(file: string): number {
  const path = fileURLToPath(new URL(`../../apps/${file}`, import.meta.url));
  const program = ts.createProgram([path], OPTIONS);
  const [problem] = ts.getPreEmitDiagnostics(program);
  if (problem) throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, " "));
  return program.getInstantiationCount();
}

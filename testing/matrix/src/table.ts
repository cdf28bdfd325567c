import { DATABASES } from "./cells.js";
import type { Outcome } from "./run-cell.js";

/** What came of all cells, as a table in Markdown. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const databases = Object.keys(DATABASES).filter((name) =>
    outcomes.some(({ database }) => database === name),
  );
  const rows = [...new Set(outcomes.map(({ cell }) => cell))].map((cell) => {
    const own = outcomes.filter((outcome) => outcome.cell === cell);
    const results = databases.map((name) =>
      resultOf(own.find(({ database }) => database === name)),
    );
    return `| ${own[0]?.node} | ${cell.packages.kysely} | ${results.join(" | ")} |`;
  });
  return [
    `| Node | kysely | ${databases.join(" | ")} |`,
    `|---|---|${databases.map(() => "---|").join("")}`,
    ...rows,
  ].join("\n");
}

function resultOf(outcome: Outcome | undefined): string {
  if (!outcome) return "not run";
  const { cell, database, passed, failed, problem } = outcome;
  const { driver } = DATABASES[database];
  const result =
    problem !== undefined
      ? "could not be run"
      : failed > 0
        ? `${failed} of ${passed + failed} failed`
        : `${passed} passed`;
  return `${driver} ${cell.packages[driver]}: ${result}`;
}

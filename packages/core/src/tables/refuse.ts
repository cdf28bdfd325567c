import { ConfigurationError } from "../configuration-error.js";
import type { Step } from "./step.js";
import type { WantedTables } from "./wanted-tables.js";

/**
 * Refuses to begin where something is wrong that nobody but the caller can decide.
 *
 * @throws ConfigurationError with a line for each
 */
export function refuse(steps: readonly Step[], { names }: WantedTables): void {
  const left = steps.filter(({ level, isByHand }) => level === "error" && isByHand);
  if (left.length === 0) return;
  const lines = left.map(({ table, column, is, shouldBe }) => {
    const place = column === undefined ? names.nameOf(table) : `${names.nameOf(table)}.${column}`;
    return `- ${place} is ${is}. Expected: ${shouldBe}.`;
  });
  throw new ConfigurationError(
    `The migration found what it cannot mend:\n${lines.join("\n")}\nCheck that this is the right database. ` +
      "Where a table is another one, give the auth tables other names with the option `tables`. Nothing was changed.",
  );
}

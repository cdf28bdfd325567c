import { type App, isMissingUsers } from "../app.js";
import { EXIT } from "../errors.js";
import { count, printable } from "../text.js";
import type { Command } from "./command.js";

type Finding = Awaited<ReturnType<App["checkSchema"]>>[number];

/** `check`: compares the live tables with what they should be. */
export const check: Command = async ({ app, knowsUserColumns, output }) => {
  const findings = await app.checkSchema();
  output.result({ findings });
  const { bold, dim, red, yellow, green } = output.colors;
  for (const finding of findings) {
    const { level, is, shouldBe, sql } = finding;
    const place = placeOf(finding);
    const mark = level === "error" ? red("error") : yellow("warning");
    output.say(`${mark} ${bold(printable(place))} is ${printable(is)}`);
    output.say(`  expected: ${printable(shouldBe)}`);
    if (!knowsUserColumns && isMissingUsers(finding, app))
      output.say(`  not enough: ${WANTS_CONFIG}`);
    for (const statement of sql) output.say(dim(`  ${printable(statement)};`));
  }
  if (findings.length === 0) {
    output.say(green("The tables are as they should be."));
    return EXIT.ok;
  }
  output.say();
  output.say(`${count(findings.length, "finding")}. ${adviceOn(findings, knowsUserColumns)}`);
  return EXIT.found;
};

const WANTS_CONFIG = "a URL does not tell the columns of your users";

/** Columns that one index is wanted on stand in parentheses. */
function placeOf({ code, table, column }: Finding): string {
  if (table === undefined) return "server";
  if (column === undefined) return table;
  return code === "missing_index" ? `${table} (${column})` : `${table}.${column}`;
}

function adviceOn(findings: readonly Finding[], knowsUserColumns: boolean): string {
  if (!knowsUserColumns && findings.some(({ code }) => code === "missing_table")) {
    return `To create tables, \`migrate\` wants --config: ${WANTS_CONFIG}.`;
  }
  if (findings.every(({ isByHand }) => isByHand))
    return "It takes a decision of yours: `migrate` mends none of it.";
  return findings.some(({ isByHand, level }) => isByHand && level === "error")
    ? "Mend the errors without a statement first: `migrate` refuses to begin before."
    : "`migrate` runs the statements; `sql` prints them.";
}

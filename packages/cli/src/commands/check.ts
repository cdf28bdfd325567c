import type { App } from "../app.js";
import { EXIT } from "../errors.js";
import { count, printable } from "../text.js";
import type { Command } from "./command.js";

type Finding = Awaited<ReturnType<App["checkSchema"]>>[number];

/** `check`: compares the live tables with what they should be. */
export const check: Command = async ({ app, knowsUserColumns, output }) => {
  const findings = await app.checkSchema();
  output.result({ findings });
  const { bold, dim, red, yellow, green } = output.colors;
  for (const { level, table, column, is, shouldBe, sql } of findings) {
    const place = [table, column].filter((part) => part !== undefined).join(".") || "server";
    const mark = level === "error" ? red("error") : yellow("warning");
    output.say(`${mark} ${bold(printable(place))} is ${printable(is)}`);
    output.say(`  expected: ${printable(shouldBe)}`);
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

function adviceOn(findings: readonly Finding[], knowsUserColumns: boolean): string {
  if (!knowsUserColumns && findings.some(({ code }) => code === "missing_table")) {
    return "To create tables, `migrate` wants --config: a URL does not tell the columns of your users.";
  }
  if (findings.every(({ isByHand }) => isByHand))
    return "It takes a decision of yours: `migrate` mends none of it.";
  return findings.some(({ isByHand, level }) => isByHand && level === "error")
    ? "Mend the errors without a statement first: `migrate` refuses to begin before."
    : "`migrate` runs the statements; `sql` prints them.";
}

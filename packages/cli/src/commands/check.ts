import { EXIT } from "../exit-codes.js";
import { count, printable } from "../text.js";
import type { Command } from "./command.js";

/** `check`: compares the live tables with what they should be. */
export const check: Command = async ({ app, output }) => {
  const findings = await app.checkSchema();
  output.result({ findings });
  const { bold, dim, red, yellow, green } = output.colors;
  for (const { level, table, column, is, shouldBe, sql } of findings) {
    const place = [table, column].filter((part) => part !== undefined).join(".") || "server";
    const mark = level === "error" ? red("error") : yellow("warning");
    output.say(`${mark} ${bold(printable(place))} is ${printable(is)}`);
    output.say(`  expected: ${shouldBe}`);
    for (const statement of sql) output.say(dim(`  ${statement};`));
  }
  if (findings.length === 0) {
    output.say(green("The tables are as they should be."));
    return EXIT.ok;
  }
  const mendable = findings.filter(
    ({ table, sql }) => table !== undefined && sql.length > 0,
  ).length;
  output.say();
  output.say(
    `${count(findings.length, "finding")}. ${mendable > 0 ? "`migrate` runs the statements; `sql` prints them." : "These are for you to mend."}`,
  );
  return EXIT.found;
};

/**
 * `pnpm matrix` runs the tests of the databases' packages on each supported Node.js, with the oldest and the newest releases
 * of Kysely and the drivers: what is committed, in a clone for each. Takes an hour or so.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withSection } from "@kysely-lucia/docs";
import { Command, Option } from "commander";
import { CELLS, DATABASES, type Database, NODES, nameOf } from "./cells.js";
import { type Outcome, runCell } from "./run-cell.js";
import { tableOf } from "./table.js";

const DOCUMENT = path.resolve(import.meta.dirname, "../../../docs/compatibility.md");

const program = new Command("pnpm matrix")
  .description("Tests what is committed with other releases of Node.js, Kysely and the drivers.")
  .addOption(new Option("--node <major>", "only this one").choices(NODES.map(String)))
  .addOption(new Option("--database <name>", "only this one").choices(Object.keys(DATABASES)))
  .addOption(
    new Option("--cell <name>", "only this one, as --list names it").choices(CELLS.map(nameOf)),
  )
  .option("--list", "print the cells as JSON, for a workflow, and run nothing")
  .option("--write", "write the table into docs/compatibility.md, if all cells were run")
  .parse();
const asked = program.opts<{
  node?: string;
  cell?: string;
  database?: Database;
  list?: true;
  write?: true;
}>();

const cells = CELLS.filter(
  (cell) =>
    (asked.node === undefined || cell.node === Number(asked.node)) &&
    (asked.cell === undefined || nameOf(cell) === asked.cell),
);
if (asked.list) {
  console.log(JSON.stringify(cells.map((cell) => ({ name: nameOf(cell), ...cell }))));
} else {
  process.exitCode = await runAll();
}

async function runAll(): Promise<number> {
  const databases = asked.database ? [asked.database] : (Object.keys(DATABASES) as Database[]);
  const outcomes: Outcome[] = [];
  for (const cell of cells) {
    console.log(nameOf(cell));
    for await (const outcome of runCell(cell, databases)) {
      outcomes.push(outcome);
      const { database, passed, failed, problem } = outcome;
      console.log(`  ${database}: ${problem ?? `${passed} passed, ${failed} failed`}`);
    }
  }
  console.log(`\n${tableOf(outcomes)}`);
  const isWhole = outcomes.length === CELLS.length * Object.keys(DATABASES).length;
  if (asked.write && !isWhole) {
    console.error("Nothing was written: that takes all cells.");
    return 1;
  }
  if (asked.write) write(outcomes);
  return outcomes.every(({ failed, problem }) => failed === 0 && problem === undefined) ? 0 : 1;
}

function write(outcomes: readonly Outcome[]): void {
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  const date = new Date().toISOString().slice(0, 10);
  const section = `${tableOf(outcomes)}\n\nBy \`pnpm matrix\` on ${date} at ${commit}, on Linux.`;
  writeFileSync(DOCUMENT, withSection(readFileSync(DOCUMENT, "utf8"), "matrix", section));
}

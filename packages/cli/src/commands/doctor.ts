import { ask } from "../ask.js";
import { type Found, Inspection } from "../doctor/inspection.js";
import { type Mended, mend } from "../doctor/mend.js";
import { PROBLEMS, type Problem } from "../doctor/problems.js";
import { CliError, EXIT } from "../errors.js";
import { count, printable } from "../text.js";
import type { Command, Context } from "./command.js";

interface Options {
  readonly fix?: boolean;
  readonly yes?: boolean;
  readonly only?: readonly string[];
}

/** So many rows that have expired are usual. */
const USUAL = 10_000;

/** `doctor`: looks for damage in the rows, and mends it. */
export const doctor: Command<Options> = async (context, options) => {
  const { app, output, signal } = context;
  const { fix = false, only } = options;
  const chosen = choose(only);
  const inspection = await Inspection.of(app);

  const found: Found[] = [];
  let isWhole = true;
  for (const problem of chosen) {
    signal.throwIfAborted();
    const lacking = inspection.lacks(problem);
    if (lacking !== undefined) {
      isWhole = false;
      output.say(`Not looked for: ${problem.name}, as there is no ${lacking}. Run \`migrate\`.`);
      continue;
    }
    const one = await inspection.find(problem);
    if (one.rows > 0) found.push(one);
  }
  const isMeant = ({ problem }: Found) => problem.mayBeMeant === true && only === undefined;
  for (const one of found.filter((other) => !isMeant(other))) printProblem(context, one);
  const meant = found.filter(isMeant);
  if (meant.length > 0) output.say(output.colors.bold("May be meant to be so:\n"));
  for (const one of meant) printProblem(context, one, ` --only ${one.problem.name}`);
  output.result({
    found: found.map(({ problem, rows, examples }) => {
      const { name, what } = problem;
      return { name, what, rows, examples };
    }),
  });
  const expired = only ? 0 : await inspection.countExpired();
  if (!only) output.result({ expired });
  if (expired > USUAL) {
    output.say(
      `${output.colors.bold("sessions and single-use keys that have expired")}: ${output.colors.yellow(count(expired, "row"))}. \`cleanup\` deletes them.`,
    );
  }

  const mendable = found.filter((one) => one.problem.mend !== "told" && !isMeant(one));
  const mended = fix ? await mendAll(context, options, inspection, mendable) : [];
  const left = found.filter(
    (one) => !isMeant(one) && !mended.some(({ name }) => name === one.problem.name),
  );
  if (left.length === 0 && expired <= USUAL && isWhole) {
    const isAll = found.length === mended.length;
    output.say(
      output.colors.green(
        isAll
          ? "There is nothing left to mend."
          : "All else is well. What is above may be meant to be so.",
      ),
    );
    return EXIT.ok;
  }
  if (!fix && mendable.length > 0) output.say("`--fix` mends what can be mended.");
  if (fix && left.length > 0) {
    output.say(`Left: ${left.map(({ problem }) => problem.name).join(", ")}.`);
  }
  return EXIT.found;
};

doctor.refuse = (output, { fix = false, yes = false, only }) => {
  choose(only);
  if (yes && !fix) throw new CliError("--yes was given without --fix. Expected both, or neither.");
  if (fix && !yes && !output.isTerminal) {
    throw new CliError("In a pipe, and with --json, nobody is asked. Expected --yes beside --fix.");
  }
};

function choose(only: readonly string[] | undefined): readonly Problem[] {
  if (!only) return PROBLEMS;
  const names = PROBLEMS.map(({ name }) => name);
  const unknown = only.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new CliError(
      `--only has ${JSON.stringify(unknown)}. Expected some of: ${names.join(", ")}.`,
    );
  }
  return PROBLEMS.filter(({ name }) => only.includes(name));
}

/** In words, what `--fix` does. */
const FIXES: Readonly<Record<Problem["mend"], string>> = {
  remove: "copied to a table of their own, and removed",
  lock: "copied to a table of their own, and locked until the password is changed",
  told: "left, as it takes a decision of yours",
};

function printProblem({ output }: Context, { problem, rows, examples }: Found, more = ""): void {
  const { bold, dim, yellow } = output.colors;
  const whose = problem.table === "session" ? "of the users" : "ids";
  const ids = examples.map(printable).join(", ");
  output.say(`${bold(problem.what)}: ${yellow(count(rows, "row"))} (${problem.name})`);
  output.say(`  ${problem.why}`);
  output.say(`  with --fix${problem.mend === "told" ? "" : more}: ${FIXES[problem.mend]}`);
  output.say(dim(`  ${whose}: ${ids}${rows > examples.length ? ", …" : ""}`));
  output.say();
}

/** One after the other, each of them told as soon as it is done: a later one may fail. */
async function mendAll(
  { app, output, signal }: Context,
  { yes = false }: Options,
  { facts }: Inspection,
  mendable: readonly Found[],
): Promise<readonly Mended[]> {
  const stamp = new Date().toISOString().replace(/\D/g, "");
  const mended: Mended[] = [];
  output.result({ mended });
  for (const one of mendable) {
    signal.throwIfAborted();
    if (!yes && !(await ask(output, questionOf(one)))) continue;
    const { name, rows, backups, putBack } = await mend(app, one.problem, facts, {
      agreed: one.rows,
      stamp,
      signal,
    });
    mended.push({ name, rows, backups, putBack });
    const copies = backups.length === 0 ? "" : ` As they were: ${backups.join(", ")}`;
    output.say(output.colors.green(`Mended: ${name}, ${count(rows, "row")}.${copies}`));
    if (putBack.length > 0) output.say("  To put them back:");
    for (const statement of putBack) output.say(output.colors.dim(`  ${printable(statement)};`));
  }
  return mended;
}

function questionOf({ problem, rows }: Found): string {
  const deed = problem.mend === "lock" ? "Lock" : "Remove";
  return `${deed} ${count(rows, "row")}: ${problem.what}? Copied to a table of their own first.`;
}

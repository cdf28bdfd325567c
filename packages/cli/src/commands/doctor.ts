import { confirm, isCancel } from "@clack/prompts";
import { type Database, wordsOf } from "../doctor/database.js";
import { type Mended, mend } from "../doctor/mend.js";
import { type Facts, PROBLEMS, type Problem } from "../doctor/problems.js";
import { CliError, EXIT } from "../exit-codes.js";
import { count } from "./check.js";
import type { Command, Context } from "./command.js";

interface Options {
  readonly fix?: boolean;
  readonly yes?: boolean;
  readonly only?: readonly string[];
}

/** How many of what was found are shown. */
const EXAMPLES = 5;
/** So many rows that have expired are usual. */
const USUAL = 10_000;

interface Found {
  readonly problem: Problem;
  readonly rows: number;
  /** Ids. Those of sessions are secrets. */
  readonly examples: readonly string[];
}

/** `doctor`: looks for damage in the rows, and mends it. */
export const doctor: Command<Options> = async (context, options) => {
  const { app, output } = context;
  const { fix = false, yes = false, only } = options;
  if (fix && !yes && !output.isTerminal) {
    throw new CliError("There is nobody to ask whether to mend it. Expected --yes beside --fix.");
  }
  const chosen = choose(only);
  await refuseUnfitTables(context);
  const db = app.db as unknown as Database;
  const facts: Facts = { tables: app.tables, words: wordsOf(db), now: Date.now() };

  const found: Found[] = [];
  for (const problem of chosen) {
    const one = await look(db, problem, facts);
    if (one.rows > 0) found.push(one);
  }
  for (const one of found) tell(context, one);
  const expired = await countExpired(db, facts);
  const manyExpired = expired > USUAL;
  if (manyExpired) {
    output.say(
      `${output.colors.yellow(count(expired, "row"))} that have expired. \`cleanup\` deletes them.`,
    );
  }

  const mendable = found.filter(
    ({ problem }) => problem.mend !== "told" && (!problem.mayBeMeant || only !== undefined),
  );
  const mended: Mended[] = [];
  if (fix) {
    const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
    for (const one of mendable) {
      if (!yes && !(await agrees(one))) continue;
      mended.push(await mend(app, one.problem, facts, stamp));
    }
  }
  for (const { name, rows, backups } of mended) {
    output.say(
      output.colors.green(
        `Mended: ${name}, ${count(rows, "row")}. As they were: ${backups.join(", ")}`,
      ),
    );
  }

  output.result({
    found: found.map(({ problem: { name, what }, rows, examples }) => ({
      name,
      what,
      rows,
      examples,
    })),
    expired,
    mended,
  });
  const isLeft = (one: Found) =>
    !(one.problem.mayBeMeant && only === undefined) &&
    !mended.some(({ name }) => name === one.problem.name);
  const left = found.filter(isLeft);
  if (left.length === 0 && !manyExpired) {
    output.say(output.colors.green("There is nothing left to mend."));
    return EXIT.ok;
  }
  if (!fix && mendable.length > 0) output.say("`doctor --fix` mends what can be mended.");
  return EXIT.found;
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

/** Rows cannot be judged where columns are missing. */
async function refuseUnfitTables({ app }: Context): Promise<void> {
  const findings = await app.checkSchema();
  const unfit = findings.filter(({ level, is }) => level === "error" && is === "missing");
  if (unfit.length === 0) return;
  const places = unfit.map(({ table, column }) =>
    column === undefined ? table : `${table}.${column}`,
  );
  throw new CliError(
    `Of the tables is missing: ${places.join(", ")}. Run \`migrate\` first, or check that this is the right database.`,
    EXIT.failed,
  );
}

async function look(db: Database, problem: Problem, facts: Facts): Promise<Found> {
  const matching = db
    .selectFrom(`${facts.tables[problem.table]} as t`)
    .where((eb) => problem.where(eb, facts));
  const { rows } = await matching
    .select(({ fn }) => fn.countAll().as("rows"))
    .executeTakeFirstOrThrow();
  const column = problem.table === "session" ? "t.user_id" : "t.id";
  const examples =
    Number(rows) === 0
      ? []
      : await matching.select(`${column} as id`).distinct().orderBy("id").limit(EXAMPLES).execute();
  return { problem, rows: Number(rows), examples: examples.map(({ id }) => String(id)) };
}

function tell({ output }: Context, { problem, rows, examples }: Found): void {
  const { bold, dim, yellow } = output.colors;
  const whose = problem.table === "session" ? "of the users " : "";
  output.say(`${yellow(rows.toLocaleString("en"))} ${bold(problem.what)} (${problem.name})`);
  output.say(`  ${problem.why}`);
  output.say(dim(`  ${whose}${examples.join(", ")}${rows > examples.length ? ", …" : ""}`));
  if (problem.mend !== "told" && problem.mayBeMeant) {
    output.say(`  To mend it: --fix --only ${problem.name}`);
  }
}

async function agrees({ problem, rows }: Found): Promise<boolean> {
  const deed = { remove: "Remove", lock: "Lock", told: "Leave" }[problem.mend];
  const answer = await confirm({
    message: `${deed} ${rows.toLocaleString("en")} ${problem.what}? They are copied to a table of their own first.`,
    initialValue: false,
  });
  return answer === true && !isCancel(answer);
}

async function countExpired(db: Database, { tables, now }: Facts): Promise<number> {
  const sessions = db.selectFrom(tables.session).where("idle_expires", "<", now);
  const keys = db.selectFrom(tables.key).where("expires", "<", now);
  let sum = 0;
  for (const query of [sessions, keys]) {
    const { rows } = await query
      .select(({ fn }) => fn.countAll().as("rows"))
      .executeTakeFirstOrThrow();
    sum += Number(rows);
  }
  return sum;
}

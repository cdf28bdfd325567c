import { isMissingUsers } from "../app.js";
import { CliError, EXIT } from "../errors.js";
import { count, printable } from "../text.js";
import type { Command, Context } from "./command.js";

interface Options {
  readonly down?: boolean;
  readonly lockTimeout?: number;
}

/** `migrate`: creates and completes the tables, or removes empty ones. */
export const migrate: Command<Options> = async (context, { down = false, lockTimeout }) => {
  const { app, output } = context;
  if (!down) await refuseBareUsers(context);
  const { sql } = await app.migrate({
    direction: down ? "down" : "up",
    ...(lockTimeout !== undefined && { lockTimeout }),
  });
  output.result({ sql });
  for (const statement of sql) output.say(output.colors.dim(`${printable(statement)};`));
  output.say(
    output.colors.green(
      sql.length === 0 ? "There was nothing to do." : `Done: ${count(sql.length, "statement")}.`,
    ),
  );
  return EXIT.ok;
};

/** `sql`: the statements that `migrate` would run, for other tools. */
export const sql: Command<Options> = async (context, { down = false }) => {
  const { app, output } = context;
  if (!down) await refuseBareUsers(context);
  const result = await app.migrate({ direction: down ? "down" : "up", dryRun: true });
  output.result(result);
  // In a pipe they are for other tools, as they are.
  const shown = output.streams.out.isTTY === true ? printable : String;
  for (const statement of result.sql) output.say(`${shown(statement)};`);
  return EXIT.ok;
};

/** The table of users would get an id and nothing else. */
async function refuseBareUsers({ app, knowsUserColumns }: Context): Promise<void> {
  if (knowsUserColumns) return;
  const findings = await app.checkSchema();
  if (!findings.some((finding) => isMissingUsers(finding, app))) return;
  throw new CliError(
    `There is no ${app.tables.user}, and by a URL alone this program does not know the columns that your users have. Give it --config ` +
      "with a file that exports what the factory returns, with `userColumns`.",
  );
}

import { CommanderError, InvalidArgumentError, Command as Program } from "commander";
import { check } from "./commands/check.js";
import { cleanup } from "./commands/cleanup.js";
import type { Command } from "./commands/command.js";
import { doctor } from "./commands/doctor.js";
import { migrate, sql } from "./commands/migrate.js";
import { CliError, EXIT } from "./exit-codes.js";
import { openApp, type Source } from "./open-app.js";
import { Output, type Streams } from "./output.js";
import { redactText } from "./redact.js";

/** What the program finds around it. */
export interface Surroundings {
  readonly streams: Streams;
  readonly environment: NodeJS.ProcessEnv;
  /** Where the user's project is. */
  readonly folder: string;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
}

const HELP = `
Environment:
  DATABASE_URL    the database, where neither --url nor --config is given
  NO_COLOR        no colours

Exit codes:
  ${EXIT.ok}  all is well, or was done
  ${EXIT.found}  something was found that is not as it should be (check, doctor)
  ${EXIT.usage}  called wrongly
  ${EXIT.failed}  could not be done: no driver, no database, an error of the database
  ${EXIT.interrupted}  interrupted

Examples:
  $ kysely-lucia check --url postgres://user:password@localhost/app
  $ kysely-lucia migrate --config src/auth.ts
  $ kysely-lucia doctor --fix`;

/** The program, from its arguments to the code that it ends with. Throws nothing. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { streams } = surroundings;
  let exitCode: number = EXIT.ok;
  const program = new Program("kysely-lucia")
    .description("Checks, migrates, cleans and repairs the tables of Lucia 1.x.")
    .option("--url <url>", "the database: postgres://…, mysql://… or sqlite:app.db")
    .option("--config <file>", "a file that exports what the factory returns")
    .option("--json", "one JSON document in place of lines", false)
    .addHelpText("after", HELP)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => streams.out.write(text),
      writeErr: (text) => streams.err.write(text),
    });

  const action =
    <Options extends object>(command: Command<Options>) =>
    async (options: Options) => {
      exitCode = await runCommand(command, options, program.opts(), surroundings);
    };
  const add = (name: string, description: string) =>
    program.command(name).description(description).helpOption("-h, --help", "this text");

  add("check", "compares the live tables with what they should be").action(action(check));
  add("migrate", "creates and completes the tables; safe to run again")
    .option("--down", "removes the tables, where all of them are empty")
    .option("--lock-timeout <seconds>", "how long to wait for another migration", wholeNumber)
    .action(action(migrate));
  add("sql", "prints the statements that migrate would run")
    .option("--down", "those of migrate --down")
    .action(action(sql));
  add("cleanup", "deletes sessions and single-use keys that have expired, in batches")
    .option("--batch-size <rows>", "how many rows one statement deletes", wholeNumber)
    .action(action(cleanup));
  add("doctor", "looks for damage in the rows, such as keys without a user")
    .option(
      "--fix",
      "mends it, after showing what it will do; what it removes is in a backup table first",
    )
    .option("--yes", "mends without asking")
    .option("--only <names>", "only these, with commas between", (names) => names.split(","))
    .action(action(doctor));

  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    // Of commander's own, which has written its message. Help was asked for, or called wrongly.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    throw error;
  }
}

async function runCommand<Options extends object>(
  command: Command<Options>,
  options: Options,
  { url, config, json }: Source & { json: boolean },
  { streams, environment, folder, signal }: Surroundings,
): Promise<number> {
  const output = new Output(streams, json, environment);
  const fromEnvironment = config === undefined ? environment["DATABASE_URL"] : undefined;
  const source = { url: url ?? fromEnvironment, config };
  try {
    const opened = await openApp(source, folder);
    try {
      return await command({ ...opened, output, signal }, options);
    } finally {
      await opened.app.close();
    }
  } catch (error) {
    if (signal.aborted) {
      output.note("Interrupted. What was done stays done.");
      return EXIT.interrupted;
    }
    const message = error instanceof Error ? messageOf(error) : String(error);
    const safe = redactText(message, source.url);
    output.result({ error: safe });
    output.note(`${output.colors.red("error")} ${safe}`);
    return error instanceof CliError ? error.exitCode : EXIT.failed;
  }
}

/** Node.js gives what failed for several addresses an empty message. */
function messageOf(error: Error): string {
  const inner = error instanceof AggregateError ? error.errors : [];
  return error.message || inner.map((one) => Object(one).message).join("; ") || error.name;
}

function wholeNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a whole number.");
}

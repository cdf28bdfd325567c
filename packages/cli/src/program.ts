import { InvalidArgumentError, type OutputConfiguration, Command as Program } from "commander";
import manifest from "../package.json" with { type: "json" };
import { check } from "./commands/check.js";
import { cleanup } from "./commands/cleanup.js";
import type { Command } from "./commands/command.js";
import { doctor } from "./commands/doctor.js";
import { migrate, sql } from "./commands/migrate.js";
import { PROBLEMS } from "./doctor/problems.js";
import { EXIT } from "./errors.js";

/** The options that all commands have. */
interface SharedOptions {
  readonly url?: string;
  readonly config?: string;
  readonly json?: boolean;
}

/** Runs one command with the options that it was given. */
export type RunCommand = <Options extends object>(
  command: Command<Options>,
  options: Options,
  shared: SharedOptions,
) => Promise<void>;

/** What is said where help is all that can be done. */
export const NO_COMMAND = "No command was given.";

const HELP = `
Environment:
  DATABASE_URL    the database, where nothing else says so
  NO_COLOR        no colours

Exit codes:
  ${EXIT.ok}  all is well, or was done
  ${EXIT.found}  something was found that is not as it should be (check, doctor)
  ${EXIT.usage}  called wrongly, or told of a file or a configuration that cannot work
  ${EXIT.failed}  could not be done: no driver, no connection, an error of the database
  ${EXIT.interrupted}  interrupted

Examples:
  $ kysely-lucia check --url postgres://user:password@localhost/app
  $ kysely-lucia migrate --config src/auth.ts
  $ kysely-lucia doctor --config src/auth.ts
  $ kysely-lucia doctor --fix --only users-without-key --config src/auth.ts`;

/** The commands and options, and their help. What is called wrongly throws commander's own error. */
export function createProgram(runCommand: RunCommand, output: OutputConfiguration): Program {
  const program = new Program("kysely-lucia")
    .exitOverride()
    .configureOutput(output)
    .description("Checks, migrates, cleans and repairs the tables of Lucia 1.x.")
    .option("--url <url>", "the database: postgres://…, mysql://… or sqlite:app.db")
    .option("--config <file>", "a file that exports what the factory returns")
    .option("--json", "one JSON document in place of lines")
    .version(manifest.version)
    .configureHelp({ showGlobalOptions: true })
    .helpOption("-h, --help", "this text")
    .helpCommand("help [command]", "the same, of a command")
    .addHelpText("beforeAll", ({ error }) => (error ? `${NO_COMMAND}\n` : ""))
    .addHelpText("afterAll", HELP);

  const action =
    <Options extends object>(command: Command<Options>) =>
    async (options: Options) =>
      await runCommand(command, options, program.opts());
  const add = (name: string, description: string) =>
    program.command(name).description(description).helpOption("-h, --help", "this text");

  add("check", "compares the live tables with what they should be").action(action(check));
  add("migrate", "creates and completes the tables; safe to run again")
    .option("--down", "removes the tables, where all of them are empty")
    .option(
      "--lock-timeout <seconds>",
      "how long to wait for another migration, and for tables in use (default: 60, at most 86400)",
      wholeNumber(0, 86_400),
    )
    .action(action(migrate));
  add("sql", "prints the statements that migrate would run")
    .option("--down", "those of migrate --down")
    .action(action(sql));
  add("cleanup", "deletes sessions and single-use keys that have expired, in batches")
    .option(
      "--batch-size <rows>",
      "how many rows one statement deletes (default: 1000, at most 10000)",
      wholeNumber(1, 10_000),
    )
    .action(action(cleanup));
  add("doctor", "looks for damage in the rows, such as keys without a user")
    .option(
      "--fix",
      "mends it, after showing what it will do; what it removes is in a backup table first",
    )
    .option("--yes", "mends without asking")
    .option(
      "--only <names>",
      `only these, with commas between: ${PROBLEMS.map(({ name }) => name).join(", ")}`,
      (names) => names.split(",").map((name) => name.trim()),
    )
    .action(action(doctor));
  return program;
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };
}

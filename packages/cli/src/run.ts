import { CommanderError } from "commander";
import type { Command } from "./commands/command.js";
import {
  CliError,
  EXIT,
  explain,
  Interruption,
  isConfigurationError,
  messageOf,
} from "./errors.js";
import { openApp, type Source } from "./open-app.js";
import { Output, type Streams } from "./output.js";
import { createProgram, NO_COMMAND, type RunCommand } from "./program.js";
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

/** The program, from its arguments to the code that it ends with. Rejects for nothing but a mistake of this program. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { streams, environment } = surroundings;
  const environmentUrl = environment["DATABASE_URL"] || undefined;
  const urls = [...args, environmentUrl ?? ""];
  let exitCode: number = EXIT.ok;

  const runCommand: RunCommand = async (command, options, { json = false, ...source }) => {
    const output = new Output(streams, json, environment);
    try {
      exitCode = await act(
        command,
        options,
        { ...source, environmentUrl },
        output,
        urls,
        surroundings,
      );
    } catch (error) {
      exitCode = exitCodeOf(error, surroundings.signal);
      if (exitCode === EXIT.interrupted) output.error("Interrupted. What was done stays done.");
      else output.error(redactText(explain(error), urls));
    }
    output.end();
  };

  const program = createProgram(runCommand, {
    writeOut: (text) => streams.out.write(text),
    writeErr: (text) => streams.err.write(redactText(text, urls)),
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    // Of commander's own, which has written its message. Help was asked for, or called wrongly.
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.ok;
    const output = new Output(streams, args.includes("--json"), environment);
    const message =
      error.code === "commander.help" ? NO_COMMAND : error.message.replace(/^error: /, "");
    output.result({ error: redactText(message, urls) });
    output.end();
    return EXIT.usage;
  }
}

async function act<Options extends object>(
  command: Command<Options>,
  options: Options,
  source: Source,
  output: Output,
  urls: readonly string[],
  { folder, signal }: Surroundings,
): Promise<number> {
  command.refuse?.(output, options);
  const opened = await openApp(source, folder).catch((error) => {
    throw isConfigurationError(error) ? new CliError(messageOf(error)) : error;
  });
  if (output.isTerminal) output.note(output.colors.dim(redactText(opened.place, urls)));
  const note = () => output.note("Interrupting. Ctrl+C again ends it at once.");
  signal.addEventListener("abort", note);
  try {
    return await command({ ...opened, output, signal }, options);
  } finally {
    signal.removeEventListener("abort", note);
    await opened.app.close();
  }
}

function exitCodeOf(error: unknown, signal: AbortSignal): number {
  if (error instanceof Interruption) return EXIT.interrupted;
  if (signal.aborted && error === signal.reason) return EXIT.interrupted;
  return error instanceof CliError ? error.exitCode : EXIT.failed;
}

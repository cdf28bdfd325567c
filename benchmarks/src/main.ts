import { constants } from "node:os";
import { type Arguments, readArguments, USAGE } from "./cli/arguments.js";
import { showProgress } from "./cli/progress.js";
import { writeDocuments } from "./report/documents.js";
import { keepResults, latestResults } from "./report/files.js";
import type { Results } from "./report/results.js";
import { fullReport, wasBusyBefore } from "./report/summary.js";
import { run } from "./run.js";

const DONE = 0;
const NOT_DONE = 1;
const WRONG_ARGUMENTS = 2;
/** What shells make of signals: 128 and their number. */
const INTERRUPTED = 128;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The program `pnpm bench`. */
async function main(): Promise<number> {
  let asked: Arguments;
  try {
    asked = readArguments(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    return WRONG_ARGUMENTS;
  }
  if (asked.help) {
    console.log(USAGE);
    return DONE;
  }
  const interruption = new AbortController();
  // Each time: wrappers of a program pass a signal on that the terminal has sent to all of them.
  for (const signal of SIGNALS) process.on(signal, () => interruption.abort(signal));
  // A terminal that was closed can no longer be written to; what is left has to be cleared up all the same.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  try {
    return await report(asked, interruption.signal);
  } catch (error) {
    const by = SIGNALS.find((signal) => signal === interruption.signal.reason);
    if (!by) throw error;
    return INTERRUPTED + constants.signals[by];
  }
}

async function report(asked: Arguments, signal: AbortSignal): Promise<number> {
  const results = asked.report ? await latestResults() : await measure(asked, signal);
  if (!results) {
    console.error("There are no results of a complete run. Run `pnpm bench` first.");
    return NOT_DONE;
  }
  console.log(fullReport(results));
  const busy = wasBusyBefore(results);
  if (busy) console.error("\nThe machine was busy before: these figures say little.");
  if (!asked.write) return DONE;
  if (busy) {
    console.error("Nothing was written to the documents.");
    return NOT_DONE;
  }
  await writeDocuments(results);
  return DONE;
}

async function measure(asked: Arguments, signal: AbortSignal): Promise<Results> {
  const { tell, stop } = showProgress();
  try {
    const results = await run({ ...asked, ours: "built" }, tell, signal);
    stop();
    console.error(`Kept in ${await keepResults(results, asked.isComplete)}`);
    return results;
  } finally {
    stop();
  }
}

process.exitCode = await main();

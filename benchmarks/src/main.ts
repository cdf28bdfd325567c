import { type Arguments, readArguments, USAGE } from "./cli/arguments.js";
import { showProgress } from "./cli/progress.js";
import { writeDocuments } from "./report/documents.js";
import { keepResults, latestResults } from "./report/files.js";
import type { Results } from "./report/results.js";
import { fullReport, wasBusy } from "./report/summary.js";
import { run } from "./run.js";

const DONE = 0;
const NOT_DONE = 1;
const WRONG_ARGUMENTS = 2;
const INTERRUPTED = 130;

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
  let interrupted = false;
  // The workers end with it, whereupon the run fails and clears up behind itself.
  process.once("SIGINT", () => {
    interrupted = true;
  });
  try {
    return await report(asked);
  } catch (error) {
    if (!interrupted) throw error;
    return INTERRUPTED;
  }
}

async function report(asked: Arguments): Promise<number> {
  const results = asked.report ? await latestResults() : await measure(asked);
  if (!results) {
    console.error("There are no results of a complete run. Run `pnpm bench` first.");
    return NOT_DONE;
  }
  console.log(fullReport(results));
  const busy = wasBusy(results);
  if (busy) console.error("\nOthers used the machine: these figures say little.");
  if (!asked.write) return DONE;
  if (busy) {
    console.error("Nothing was written to the documents.");
    return NOT_DONE;
  }
  await writeDocuments(results);
  return DONE;
}

async function measure(asked: Arguments): Promise<Results> {
  const { tell, stop } = showProgress();
  try {
    const results = await run({ ...asked, ours: "built" }, tell);
    stop();
    console.error(`Kept in ${await keepResults(results, asked.isComplete)}`);
    return results;
  } finally {
    stop();
  }
}

process.exitCode = await main();

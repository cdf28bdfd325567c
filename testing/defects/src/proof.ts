import { type Arguments, readArguments, USAGE } from "./proof/arguments.js";
import { writeDocuments } from "./proof/documents.js";
import { fullTable } from "./proof/full-table.js";
import { resultsOf } from "./proof/results-of.js";

const AS_EXPECTED = 0;
const NOT_AS_EXPECTED = 1;
const WRONG_ARGUMENTS = 2;
const INTERRUPTED = 130;

/** The program `pnpm proof`. */
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
    return AS_EXPECTED;
  }

  const interrupt = new AbortController();
  process.once("SIGINT", () => interrupt.abort());
  try {
    return await report(asked, interrupt.signal);
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    return INTERRUPTED;
  }
}

async function report(asked: Arguments, signal: AbortSignal): Promise<number> {
  const results = await resultsOf(asked, signal);
  console.log(`${fullTable(results)}\n\n${results.versions.join(", ")}`);
  const unexpected = results.verdicts.filter(({ problems }) => problems.length > 0);
  if (unexpected.length === 0) {
    if (asked.write) await writeDocuments(results);
    return AS_EXPECTED;
  }
  console.error(`${unexpected.length} of ${results.verdicts.length} are not as expected.`);
  if (asked.write) console.error("Nothing was written.");
  return NOT_AS_EXPECTED;
}

process.exitCode = await main();

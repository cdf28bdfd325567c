/** Ends a CI run with one plain line of what the last run of vitest counted. */
import { readFileSync } from "node:fs";

let counted = { numPassedTests: 0, numFailedTests: 1 };
try {
  counted = JSON.parse(readFileSync("test-results/vitest.json", "utf8"));
} catch {
  console.error("No test was run: a step before the tests has failed.");
}
console.log(`${counted.numPassedTests} passed, ${counted.numFailedTests} failed`);

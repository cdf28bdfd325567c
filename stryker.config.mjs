import { parts } from "./scripts/mutation/parts.mjs";

const part = process.env.MUTATION_PART ?? "core";
const { mutate } = parts[part];

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  mutate,
  testRunner: "vitest",
  vitest: { configFile: "vitest.mutation.config.ts", related: false },
  plugins: ["@stryker-mutator/vitest-runner", "./scripts/mutation/ignore-messages.mjs"],
  ignorers: ["messages"],
  coverageAnalysis: "perTest",
  concurrency: 2,
  // Added to one and a half times what the tests take: vitest ends those that wait for ever before.
  timeoutMS: 8_000,
  incremental: true,
  incrementalFile: `mutation-results/${part}.incremental.json`,
  tempDirName: ".stryker-tmp",
  ignorePatterns: ["/docs", "/examples", "dist", "coverage", "test-results", "mutation-results"],
  reporters: ["clear-text", "progress-append-only", "html", "json"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: `mutation-results/${part}.html` },
  jsonReporter: { fileName: `mutation-results/${part}.json` },
};

import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** For what takes longer than anybody waits: `*.nightly.test.ts`. */
const isNight = process.env["KYSELY_LUCIA_NIGHTLY"] !== undefined;

/** Tests run on the sources of the workspace's packages, so that nothing has to be built first. */
const conditions = ["@kysely-lucia/source", "node"];
const shared = {
  resolve: { conditions },
  ssr: { resolve: { conditions } },
};

/** No test is about time. What waits for ever is to end some day, and what the machine holds up is not. */
const timeouts = { testTimeout: 30_000, hookTimeout: 120_000 };

/** Files share the processes that they are run in: to load everything for each one takes a fifth of all time. */
const together = { isolate: false };

/** Tests of a dialect's package on a server, which its `test/support/server.ts` starts. */
const onServer = (name: string, dialect: string, files = "*", atNight = "*.nightly") => ({
  ...shared,
  test: {
    name,
    include: [`packages/${dialect}/test/${files}.test.ts`],
    exclude: ["**/*.slow.test.ts", ...(isNight ? [] : [`**/${atNight}.test.ts`])],
    globalSetup: `packages/${dialect}/test/support/server.ts`,
    ...timeouts,
    ...together,
  },
});

/** By day the newest PostgreSQL has the suite on a pool of ten connections, and the oldest on a pool of one. */
const atNightOnNewest = "{*.nightly,conformance-on-one}";
const onOldest = isNight ? "conformance*" : "conformance-on-one";

/** The files that take longest, from the longest on. */
const LONGEST = [/testing\/(e2e|tarballs)\//, /conformance|guides/, /\.slow\./];

/** What takes longest begins first: otherwise one worker ends long after the others. Vitest goes by the size of files. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const found = LONGEST.findIndex((pattern) => pattern.test(moduleId));
      return found < 0 ? LONGEST.length : found;
    };
    return (await super.sort(files)).toSorted((left, right) => rank(left) - rank(right));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // More than there are cores: those of real servers and browsers wait for them half of the time.
    maxWorkers: "150%",
    reporters: ["default", "json"],
    outputFile: { json: "test-results/vitest.json" },
    coverage: {
      include: ["packages/*/src/**/*.ts"],
      // Run as processes, which are not counted.
      exclude: ["packages/cli/src/main.ts"],
      reporter: ["text", "json-summary"],
      thresholds: { lines: 95, branches: 95 },
    },
    projects: [
      {
        ...shared,
        test: {
          name: "unit",
          include: ["{packages,testing}/*/test/**/*.test.ts", "benchmarks/test/**/*.test.ts"],
          exclude: ["**/*.{slow,nightly}.test.ts", "packages/{postgres,mysql}/**"],
          ...timeouts,
          ...together,
        },
      },
      onServer("postgres-18", "postgres", "*", atNightOnNewest),
      onServer("postgres-14", "postgres", `{${onOldest},errors,transactions}`),
      onServer("mysql", "mysql"),
      {
        ...shared,
        // Also of what is to be the first in its process.
        test: {
          name: "slow",
          include: [
            "{packages/*,testing/*,examples/*,benchmarks}/test/**/*.slow.test.ts",
            ...(isNight ? ["{testing,examples}/*/test/**/*.nightly.test.ts"] : []),
          ],
          ...timeouts,
          testTimeout: 120_000,
        },
      },
    ],
  },
});

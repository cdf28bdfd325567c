/**
 * `pnpm test:nightly` runs the tests that get better the longer they run, and runs them long. Where
 * such a test ends is said here and nowhere else; without it each one stops after a few seconds.
 */
import { spawnSync } from "node:child_process";

const FILES = [
  ".nightly.test.ts",
  "model.test.ts",
  "adoption.test.ts",
  "sign-ups.test.ts",
  "conformance",
  "testing/services",
  "testing/faults",
  "tarballs",
  "benchmarks/test/interruption",
];
const env = {
  KYSELY_LUCIA_NIGHTLY: "1",
  KYSELY_LUCIA_RUNS: "1000",
  KYSELY_LUCIA_ADOPTED_ROWS: "10000",
  KYSELY_LUCIA_FAULT_ROUNDS: "10",
  ...process.env,
};

const { status } = spawnSync("vitest", ["run", ...FILES, ...process.argv.slice(2)], {
  stdio: "inherit",
  shell: process.platform === "win32",
  env,
});
process.exit(status ?? 1);

/**
 * `pnpm test:e2e [example …]` walks through the examples in a real browser, as `npm test` does, and keeps pictures of all
 * pages, which takes as long again.
 */
import { spawnSync } from "node:child_process";

const run = (command, ...args) =>
  spawnSync(command, args, {
    stdio: "inherit",
    shell: process.platform === "win32",
    env: { KYSELY_LUCIA_PICTURES: "1", ...process.env },
  }).status ?? 1;

/** The tests of an example: the walk that all share, and its own. */
const filesOf = (example) => [`testing/e2e/test/${example}`, `examples/${example}`];
const files = process.argv.slice(2).flatMap(filesOf);
const failed = run("turbo", "run", "build", "--output-logs=errors-only");
process.exit(
  failed ||
    run("vitest", "run", "--project", "slow", ...(files.length > 0 ? files : ["e2e", "examples"])),
);

/**
 * `pnpm test:e2e [example …]` walks through the examples in a real browser, as `npm test` does, also through what is
 * left out there of a browser without JavaScript, and keeps pictures of all pages, which takes as long again.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";

const run = (command, ...args) =>
  spawnSync(command, args, {
    stdio: "inherit",
    shell: process.platform === "win32",
    env: { KYSELY_LUCIA_PICTURES: "1", KYSELY_LUCIA_NIGHTLY: "1", ...process.env },
  }).status ?? 1;

const EXAMPLES = readdirSync("examples").filter((name) => existsSync(`examples/${name}/test`));
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !EXAMPLES.includes(name));
if (unknown !== undefined) {
  console.error(`There is no example ${unknown}. Expected some of: ${EXAMPLES.join(", ")}.`);
  process.exit(2);
}

/** The tests of an example: the walk that all share, and its own. */
const filesOf = (example) => [`testing/e2e/test/${example}`, `examples/${example}`];
const files = (asked.length > 0 ? asked : EXAMPLES).flatMap(filesOf);
const failed = run("turbo", "run", "build", "--output-logs=errors-only");
process.exit(failed || run("vitest", "run", "--project", "slow", ...files));

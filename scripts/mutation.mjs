/**
 * `pnpm test:mutation [package] [--mutate files or folders] [--quick] [options of Stryker]`: how many changes to the
 * code the tests notice. It takes over what it knows of code and tests that are as they were. With `--quick`, what survives
 * the tests that take little is not tried on those that take longer.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { startMariadb, startPostgres } from "../testing/services/src/index.ts";
import { keep, recall } from "./mutation/known.mjs";
import { packages, parts } from "./mutation/parts.mjs";
import { reportOf, scoreOf } from "./mutation/score.mjs";

const { only, given, isQuick, options } = readArguments(process.argv.slice(2));
const chosen = only ? [only] : Object.keys(packages);
const chosenParts = chosen
  .flatMap((name) => packages[name])
  .filter((part) => filesOf(part).length > 0);
if (chosenParts.length === 0) fail(`No part has these files: ${given.join(", ")}.`);

const SERVERS = {
  postgres: { variable: "KYSELY_LUCIA_POSTGRES_URL", start: () => startPostgres({ version: 18 }) },
  mysql: { variable: "KYSELY_LUCIA_MYSQL_URL", start: startMariadb },
};

// Once for all: otherwise each process of Stryker's starts servers, and again whenever a mutant has hung.
const needed = new Set(chosenParts.flatMap((part) => parts[part].servers ?? []));
const servers = [];
const environment = { ...process.env };
for (const name of needed) {
  const server = await SERVERS[name].start();
  servers.push(server);
  environment[SERVERS[name].variable] = server.url;
}

const failures = [];
try {
  everything: for (const part of chosenParts) {
    recall(part);
    // What the first round kills is not tried again in the second one. Later few are left to be tried at all.
    const isNew = parts[part].more && !existsSync(reportOf(part));
    const rounds = isQuick ? ["first"] : isNew ? ["first", "all"] : ["all"];
    for (const tests of rounds) {
      const files = filesOf(part).join(",");
      const { status } = spawnSync("stryker", ["run", "--mutate", files, ...options], {
        stdio: "inherit",
        shell: process.platform === "win32",
        env: { ...environment, MUTATION_PART: part, MUTATION_TESTS: tests },
      });
      if (status !== 0) failures.push(`${part} (${tests} tests)`);
      if (status === null || status >= 128) break everything; // It was interrupted.
    }
    keep(part);
  }
} finally {
  await Promise.all(servers.map((server) => server.stop()));
}

for (const name of chosen) console.log(scoreOf(name));
if (failures.length > 0) console.error(`Stryker failed on ${failures.join(", ")}.`);
process.exit(failures.length > 0 ? 1 : 0);

function readArguments([first, ...others]) {
  const isName = first && !first.startsWith("-");
  if (isName && !packages[first]) {
    fail(`There is no package ${first}. Expected one of: ${Object.keys(packages).join(", ")}.`);
  }
  const options = isName || !first ? others : [first, ...others];
  const at = options.indexOf("--mutate");
  const [, files = ""] = at < 0 ? [] : options.splice(at, 2);
  const given = files.split(",").filter(Boolean).map(path.posix.normalize);
  if (at >= 0 && given.length === 0) fail("--mutate needs files or folders, with commas between.");
  const quick = options.indexOf("--quick");
  if (quick >= 0) options.splice(quick, 1);
  return { only: isName ? first : undefined, given, isQuick: quick >= 0, options };
}

/** What is to be mutated of a part, of which Stryker alone would mutate what belongs to other parts as well. */
function filesOf(part) {
  const { mutate } = parts[part];
  if (given.length === 0) return mutate;
  return mutate.filter((file) =>
    given.some((name) => `${file}/`.startsWith(`${name.replace(/\/$/, "")}/`)),
  );
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

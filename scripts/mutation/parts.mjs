/** What is mutated, and which tests have to notice it. */
import { readdirSync } from "node:fs";
import path from "node:path";

/** All sources of a package. */
const sourcesOf = (name) =>
  readdirSync(`packages/${name}/src`, { recursive: true })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => path.posix.join(`packages/${name}/src`, ...file.split(path.sep)));

/** Where core asks the dialect what its database can do. */
const onServers = [
  ...["cut-ids", "keys", "owned-rows", "run-statements", "sessions", "users"].map(
    (file) => `packages/core/src/adapter/${file}.ts`,
  ),
  "packages/core/src/transaction/run-transaction.ts",
];

/** What other names, schemas and column types change. */
const tables = [
  ...sourcesOf("core").filter((file) => file.includes("/tables/")),
  "packages/core/src/table-names.ts",
];

const elsewhere = new Set([...onServers, ...tables]);

const suite = (name) => `scripts/mutation/suites/${name}.test.ts`;

/**
 * Without the suite, which is run once instead of five times, what is about other programs, and the comparison
 * with a model, as it is random which mutants that would notice.
 */
const ownTests = (dialect) =>
  `packages/${dialect}/test/!(conformance*|model|sign-ups|sessions-in-redis).test.ts`;

/**
 * The parts of each package: code that the same tests are for.
 *
 * @type {Record<string, string[]>}
 */
export const packages = {
  core: ["core", "core-on-servers", "core-tables"],
  sqlite: ["sqlite"],
  postgres: ["postgres"],
  mysql: ["mysql"],
};

/**
 * @typedef {object} Part
 * @property {string[]} mutate files, each of which belongs to one part
 * @property {string[]} tests what most mutants are killed by
 * @property {string[]} [more] tests that take longer: only mutants that survive the others are tried on them
 * @property {("postgres" | "mysql")[]} [servers] that the tests need
 */

/** @type {Record<string, Part>} */
export const parts = {
  core: {
    mutate: sourcesOf("core").filter((file) => !elsewhere.has(file)),
    tests: ["packages/core/test/*.test.ts", ownTests("sqlite"), suite("sqlite")],
  },
  "core-on-servers": {
    mutate: onServers,
    tests: [
      suite("sqlite"),
      "packages/sqlite/test/{bad-input,callers,driver,costs,retries}.test.ts",
    ],
    more: [
      "packages/postgres/test/{costs,locks,retries,statements,transactions}.test.ts",
      "packages/mysql/test/{collations,costs,isolation,pool-settings,retries,statements}.test.ts",
      suite("postgres"),
      suite("mysql"),
    ],
    servers: ["postgres", "mysql"],
  },
  "core-tables": {
    mutate: tables,
    tests: [
      suite("sqlite"),
      suite("other-names"),
      "packages/sqlite/test/{bad-input,live-tables,migration-provider}.test.ts",
    ],
    more: [
      "packages/postgres/test/{live-tables,migrate,migration-provider,pool-settings}.test.ts",
      "packages/mysql/test/{bad-input,collations,live-tables,migrate,migration-provider,pool-settings}.test.ts",
    ],
    servers: ["postgres", "mysql"],
  },
  sqlite: {
    mutate: sourcesOf("sqlite"),
    tests: [ownTests("sqlite")],
    more: [suite("sqlite")],
  },
  postgres: {
    mutate: sourcesOf("postgres"),
    tests: [ownTests("postgres")],
    more: [suite("postgres")],
    servers: ["postgres"],
  },
  mysql: {
    mutate: sourcesOf("mysql"),
    tests: [ownTests("mysql")],
    more: [suite("mysql")],
    servers: ["mysql"],
  },
};

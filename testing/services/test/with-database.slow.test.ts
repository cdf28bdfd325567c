import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { isOpen } from "./processes.js";
import { askMariadb, askPostgres, services } from "./services.js";

const PROGRAM = fileURLToPath(new URL("../bin/with-database.mjs", import.meta.url));

/** Without what the machine may be set up with. */
const BARE = {
  ...process.env,
  ...{ DATABASE_URL: "", PORT: "", ORIGIN: "", NODE_ENV: "" },
  ...{ KYSELY_LUCIA_POSTGRES_URL: "", KYSELY_LUCIA_MYSQL_URL: "" },
};

/** A command that tells what it was given. */
const TELL = script(
  "const { DATABASE_URL, PORT, ORIGIN } = process.env;" +
    "console.log(JSON.stringify({ DATABASE_URL, PORT, ORIGIN }));",
);
/** The same, and goes on until it is told to end, which it does in its own way. */
const SERVE = script(
  'process.once("SIGTERM", () => { console.log("Stopping."); process.exit(7); });' +
    "setInterval(() => {}, 1000); console.log(process.env.DATABASE_URL);",
);

function script(code: string): string[] {
  return ["--", process.execPath, "-e", code];
}

function start(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [PROGRAM, ...args], { env: { ...BARE, ...env } });
}

async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = start(args, env);
  const [[code], stdout, stderr] = await Promise.all([
    once(child, "exit"),
    child.stdout && text(child.stdout),
    child.stderr && text(child.stderr),
  ]);
  return { code, stdout: String(stdout), stderr: String(stderr) };
}

const KINDS = [
  {
    kind: "postgres",
    server: "PostgreSQL",
    service: services.postgres,
    countDatabases: (url: string) =>
      askPostgres(url, "select count(*) as answer from pg_database where datname <> 'postgres'"),
  },
  {
    kind: "mysql",
    server: "MariaDB",
    service: services.mariadb,
    countDatabases: (url: string) =>
      askMariadb(url, "select count(*) as answer from information_schema.schemata"),
  },
] as const;

test.each(KINDS)(
  "$kind: a server is there while the command runs, and gone after it",
  async ({ kind, server, service }) => {
    const program = start([kind, ...SERVE], {});
    const ended = once(program, "exit");
    const said = program.stderr ? text(program.stderr) : "";
    const [url] = await once(program.stdout?.setEncoding("utf8") ?? program, "data");
    expect(await service.readVersion(url.trim())).toMatch(service.version);
    program.kill("SIGTERM");
    const [farewell] = await once(program.stdout ?? program, "data");
    expect(farewell).toBe("Stopping.\n");
    expect(await ended).toEqual([7, null]);
    expect(await isOpen(url)).toBe(false);
    expect(await said).toMatch(`All data is on a ${server} server of its own and goes with it`);
    expect(await said).toMatch(
      `To keep it, set DATABASE_URL to a database of yours, such as ${kind}:`,
    );
  },
);

test.each(KINDS)(
  "$kind: on a server of others, a new database is removed after the command",
  async ({ kind, service, countDatabases }) => {
    const others = await service.start();
    try {
      const before = await countDatabases(others.url);
      const { stdout, stderr, code } = await run([kind, ...TELL], {
        [service.variable]: others.url,
      });
      expect([code, stderr]).toEqual([0, expect.stringContaining("goes with it when this ends")]);
      const { DATABASE_URL } = JSON.parse(stdout);
      expect(new URL(DATABASE_URL).host).toBe(new URL(others.url).host);
      expect(DATABASE_URL).not.toBe(others.url);
      expect(await countDatabases(others.url)).toBe(before);
    } finally {
      await others.stop();
    }
  },
);

test.each([
  { given: {}, PORT: "3000", ORIGIN: "http://127.0.0.1:3000" },
  { given: { PORT: "8080" }, PORT: "8080", ORIGIN: "http://127.0.0.1:8080" },
  { given: { ORIGIN: "https://notes.test" }, PORT: "3000", ORIGIN: "https://notes.test" },
  { given: { PORT: "0" }, PORT: "0", ORIGIN: "" },
  // Which address a public site has is not to be guessed.
  { given: { NODE_ENV: "production" }, PORT: "3000", ORIGIN: "" },
])("a DATABASE_URL is used as it is; PORT and ORIGIN with $given", async (example) => {
  const { given, ...expected } = example;
  const DATABASE_URL = "postgres://ada:secret@127.0.0.1:1/notes";
  const { stdout, stderr, code } = await run(["postgres", ...TELL], { DATABASE_URL, ...given });
  expect(JSON.parse(stdout)).toEqual({ DATABASE_URL, ...expected });
  expect([code, stderr]).toEqual([0, ""]);
});

const URL_OF_MYSQL = "mysql://ada:secret@127.0.0.1:1/notes";

test.each([
  { command: script("process.exit(3)"), code: 3 },
  { command: script('process.kill(process.pid, "SIGKILL")'), code: 128 + 9 },
])("ends with $code as its command does", async ({ command, code }) => {
  const ended = await run(["mysql", ...command], { DATABASE_URL: URL_OF_MYSQL });
  expect(ended.code).toBe(code);
});

test("a program that is not there is named", async () => {
  const { code, stderr } = await run(["mysql", "--", "no-such-program"], {
    DATABASE_URL: URL_OF_MYSQL,
  });
  expect([code, stderr]).toEqual([
    127,
    'There is no program "no-such-program". Install it, or correct what comes after "--".\n',
  ]);
});

test.each([
  { args: [], says: /^with-database runs a command with a database\.\n/ },
  {
    args: ["oracle", ...TELL],
    says: /^There is no database "oracle"\. Expected postgres or mysql/,
  },
  { args: ["postgres"], says: /^After postgres, "--" and a command are expected, .* is nothing\./ },
  { args: ["mysql", "node", "-v"], says: /^After mysql, .* but there is "node -v"\./ },
  { args: ["mysql", "--"], says: /^After mysql, .* but there is "--"\./ },
  { args: ["postgres", ...TELL], PORT: "http", says: /^PORT is "http"\. Expected a number/ },
  {
    args: ["postgres", ...TELL],
    DATABASE_URL: URL_OF_MYSQL,
    says: /^DATABASE_URL begins with mysql:\. Expected one such as postgres:\/\//,
  },
  {
    args: ["mysql", ...TELL],
    DATABASE_URL: "secret",
    says: /^DATABASE_URL is not a URL\. Expected one such as mysql:\/\//,
  },
])("is refused: $says", async ({ args, says, ...env }) => {
  const { code, stdout, stderr } = await run(args, env);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(says);
  expect(stderr).not.toContain("secret");
});

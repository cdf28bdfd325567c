import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { buildProgram, type Program } from "@kysely-lucia/services";
import SQLite from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { cli, FOLDER, useSourcesInConfigs, writeConfig } from "./support.js";

useSourcesInConfigs();

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "kysely-lucia-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const TABLES = `
  create table auth_user (id text not null primary key, username text not null unique);
  create table auth_key (id text not null primary key, user_id text not null, primary_key boolean not null,
    hashed_password text, expires bigint, foreign key (user_id) references auth_user(id));
  create table auth_session (id text not null primary key, user_id text not null,
    active_expires bigint not null, idle_expires bigint not null, foreign key (user_id) references auth_user(id));
  insert into auth_user values ('user-1', 'ada');
  insert into auth_key values ('email:ada', 'user-1', 1, null, null);
  insert into auth_session values ('session-1', 'user-1', 1000, 2000), ('session-2', 'user-1', 4e12, 4e12);`;

/** Beside the one of those tables. */
const MANY_EXPIRED = `
  with recursive number (n) as (values (1) union all select n + 1 from number where n < 3000)
  insert into auth_session select 'expired-' || n, 'user-1', 1000, 2000 from number;`;

/** A SQLite file with these statements run on it. */
function file(sql = TABLES) {
  const path = join(temporaryFolder(), "app.db");
  const database = new SQLite(path);
  onTestFinished(() => void database.close());
  database.exec(sql);
  return { path, url: `sqlite:${path}`, database };
}

describe("called wrongly", () => {
  test.each<[args: string[], message: RegExp]>([
    [["destroy"], /unknown command 'destroy'/],
    [["check", "--fix"], /unknown option '--fix'/],
    [["check"], /no database to look at.*--url.*--config.*kysely-lucia.config.ts.*DATABASE_URL/s],
    [["check", "--url", "sqlite:a.db", "--config", "b.ts"], /Both --url and --config/],
    [
      ["check", "--url", "oracle://user:hunter2@host/db"],
      /--url begins with oracle:. Expected a URL such as postgres:\/\/user:password@localhost\/app/,
    ],
    [["check", "--url", "ada:hunter2@host"], /--url begins with ada:/],
    [["check", "--url", "nowhere.db"], /--url has no scheme/],
    [["check", "--url", "sqlite:nowhere.db"], /There is no file \S*nowhere.db/],
    [["check", "--config", "nowhere.ts"], /There is no file .*nowhere.ts/],
    [["check", "--config", "postgres://ada:hunter2@host/app"], /There is no file /],
    [["check", "postgres://ada:hunter2@host/app"], /too many arguments/],
    [["check", "--ulr=postgres://ada:hunter2@host/app"], /unknown option/],
    [["cleanup", "--batch-size", "many"], /Expected a whole number from 1 to 10000/],
    [["cleanup", "--batch-size", "0"], /Expected a whole number from 1 to 10000/],
    [["migrate", "--lock-timeout", "86401"], /Expected a whole number from 0 to 86400/],
  ])("%j says what is expected, and ends with 2", async (args, message) => {
    const { code, err, out } = await cli(args);
    expect(err).toMatch(message);
    expect(err).not.toContain("hunter2");
    expect(out).toBe("");
    expect(code).toBe(2);
    const { json } = await cli([...args, "--json"]);
    expect(JSON.stringify(json())).not.toContain("hunter2");
    expect(json().error).toMatch(message);
  });

  test("help names the commands and the codes, and ends with 0", async () => {
    const { code, out } = await cli(["--help"]);
    for (const word of [
      "check",
      "migrate",
      "sql",
      "cleanup",
      "doctor",
      "DATABASE_URL",
      "Exit codes",
    ]) {
      expect(out).toContain(word);
    }
    expect(code).toBe(0);
    const { out: doctor } = await cli(["doctor", "--help"]);
    expect(doctor).toContain("--only <names>");
    expect(doctor).toMatch(/Exit codes:.*Examples:.*doctor --fix/s);
    expect(doctor).toContain("postgres://user:password@localhost/app");
    expect(out + doctor).not.toContain("display help");
  });

  test("no command at all says so before the help, and ends with 2", async () => {
    const { code, err } = await cli([]);
    expect(err).toMatch(/^No command was given.\n\nUsage: /);
    expect(err).toContain("postgres://user:password@localhost/app");
    expect(code).toBe(2);
  });

  test("what is wrong with options is said before a database is looked for", async () => {
    const folder = temporaryFolder();
    const only = await cli(["doctor", "--only="], { folder });
    expect(only.err).toMatch(/--only has "". Expected some of: keys-without-user/);
    const fix = await cli(["doctor", "--fix"], { folder });
    expect(fix.err).toMatch(/Expected --yes beside --fix/);
  });
});

describe("as a process of its own", () => {
  let program: Program;
  beforeAll(async () => {
    program = await buildProgram(new URL("..", import.meta.url), "src/main.ts", {
      external: ["@clack/prompts", "commander", "jiti", "picocolors"],
    });
  });
  afterAll(() => program.remove());

  const start = (args: string[], cwd: string) => {
    // What pnpm adds for its own programs would be found in any folder, and a terminal's colours are not a pipe's.
    const { FORCE_COLOR: _, ...inherited } = process.env;
    const env = { ...inherited, NODE_PATH: "" };
    return spawnSync(process.execPath, [program.file, ...args], { cwd, encoding: "utf8", env });
  };

  test("in a project without the packages, tells what to install", () => {
    const { status, stderr } = start(
      ["check", "--url", "postgres://ada:hunter2@localhost/app"],
      temporaryFolder(),
    );
    expect(stderr).toContain("npm install @kysely-lucia/postgres pg kysely lucia-auth@1");
    expect(stderr).not.toContain("hunter2");
    expect(status).toBe(3);
  });

  test("ends with the code, and writes plain lines into a pipe", () => {
    const folder = temporaryFolder();
    writeConfig(folder, "export default app; setInterval(() => {}, 1000);");
    const { status, stdout, stderr } = start(["check"], folder);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^error auth_user is missing\n/);
    expect(stdout).not.toContain("\u001b");
    expect(status).toBe(1);
  });

  test("writes nothing but the result to where it belongs, whatever the app prints", () => {
    const folder = temporaryFolder();
    writeConfig(
      folder,
      `console.log("loading"); console.info("\\u001b[31mred"); process.stdout.write("more\\n");
       export default kyselyLucia({ ...options, kysely: { log: () => console.log("a query") } });`,
    );
    const { status, stdout, stderr } = start(["sql", "--json"], folder);
    expect(JSON.parse(stdout).sql).toHaveLength(7);
    expect(stderr).toMatch(/loading\n.*red\nmore\na query\n/);
    expect(status).toBe(0);
  });

  test("tells what the app leaves to fail, as all errors, and ends with 3", () => {
    const folder = temporaryFolder();
    writeConfig(
      folder,
      `queueMicrotask(() => { throw new Error("late \\u001b\\u009b[2J"); }); export default app;`,
    );
    const { status, stdout, stderr } = start(["check", "--json"], folder);
    expect(stderr).toContain("error late \\u{1b}\\u{9b}[2J\n");
    expect(stdout).not.toContain("\u009b");
    expect(JSON.parse(stdout)).toEqual({ error: "late \u001b\u009b[2J" });
    expect(status).toBe(3);
  });

  test.each([
    ["ends the process", "process.exit(0);"],
    ["waits for what never comes", "await new Promise(() => {});"],
  ])("a file that %s before the work is done does not look like success", (_, body) => {
    const folder = temporaryFolder();
    writeConfig(folder, `${body} export default app;`);
    const { status, stdout, stderr } = start(["check"], folder);
    expect(stderr).toMatch(/^error The process ended before the work was done: .*--config/m);
    expect(stdout).toBe("");
    expect(status).toBe(3);
  });

  test("does its work to the end where nobody reads what it writes", async () => {
    const folder = temporaryFolder();
    writeConfig(folder, "export default app;");
    const child = spawn(process.execPath, [program.file, "migrate"], { cwd: folder });
    child.stdout.destroy();
    child.stderr.destroy();
    expect(await once(child, "close")).toEqual([0, null]);
    expect(start(["check"], folder).status).toBe(0);
  });

  test("ends a cleanup at Ctrl+C, and keeps what is deleted so", async () => {
    const folder = temporaryFolder();
    writeConfig(folder, "export default app;");
    const database = new SQLite(join(folder, "app.db"));
    onTestFinished(() => void database.close());
    database.exec(TABLES + MANY_EXPIRED);
    const left = () =>
      database.prepare("select count(*) from auth_session").pluck().get() as number;
    const child = spawn(process.execPath, [program.file, "cleanup", "--batch-size", "1"], {
      cwd: folder,
    });
    let told = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      told += text;
    });
    await expect.poll(left, { timeout: 20_000 }).toBeLessThan(3002);
    child.kill("SIGINT");
    expect(await once(child, "close")).toEqual([130, null]);
    expect(told).toMatch(
      /Interrupting.*Ctrl\+C again ends it at once.*Interrupted. What was done stays done/s,
    );
    expect(left()).toBeGreaterThan(1);
  });
});

test("a file of the URL is looked for from the folder of the app", async () => {
  const { path } = file();
  const environment = { DATABASE_URL: `sqlite:${relative(FOLDER, path)}` };
  expect((await cli(["check"], { environment })).out).toContain("4 findings");
});

test("a server that is not there is an error without the password, and ends with 3", async () => {
  for (const url of [
    "postgres://ada:hunter2@127.0.0.1:9/app",
    "mysql://ada:hunter2@127.0.0.1:9/app",
  ]) {
    const { code, err, out } = await cli(["check", "--url", url]);
    expect(err).toMatch(/ECONNREFUSED.*\. Nothing listens there: check the host and the port/);
    expect(err + out).not.toContain("hunter2");
    expect(code).toBe(3);
  }
});

test.each(["user=ada&password=hunter2", "password=it's-hunter2", "sslkey=hunter2"])(
  "a terminal shows which database it is, without the secrets of %s",
  async (query) => {
    const { url } = file();
    const environment = { DATABASE_URL: `postgres://ada:it's-hunter2@127.0.0.1:9/app?${query}` };
    const { err } = await cli(["check"], { environment, isTTY: true });
    expect(err).toContain("postgres://***@127.0.0.1:9/app?");
    expect(err).not.toContain("hunter2");
    expect((await cli(["check", "--url", url], { isTTY: true })).err).toContain(url);
  },
);

describe("check", () => {
  test("shows what is missing, and ends with 1; with 0 where all is well", async () => {
    const { url } = file();
    const before = await cli(["check", "--url", url]);
    expect(before.out).toMatch(
      /warning auth_session \(user_id, idle_expires\) is without an index\n {2}expected: /,
    );
    expect(before.out).toContain('create index "auth_session_idle_expires_index"');
    expect(before.out).toContain("4 findings. `migrate` runs the statements");
    expect(before.code).toBe(1);
    await cli(["migrate", "--url", url]);
    const after = await cli(["check"], { environment: { DATABASE_URL: url } });
    expect(after.out).toBe("The tables are as they should be.\n");
    expect(after.code).toBe(0);
  });

  test("by a URL, says first that a table of users wants more", async () => {
    const { out } = await cli(["check", "--url", file("").url]);
    expect(out).toMatch(
      /auth_user is missing\n.*\n {2}not enough: a URL does not tell the columns of your users\n {2}create table "auth_user"/,
    );
    expect(out.match(/not enough/g)).toHaveLength(1);
  });

  test("a file that cannot be read as a database says what to do", async () => {
    const { url, database } = file();
    database.pragma("journal_mode = delete");
    database.exec("begin exclusive");
    const { code, err } = await cli(["check", "--url", url]);
    expect(err).toMatch(/database is locked.*: end that, and run this again/);
    expect(code).toBe(3);
  });

  test("with --json is one document, without colours", async () => {
    const { url } = file();
    const { json, raw } = await cli(["check", "--json", "--url", url], { isTTY: true });
    expect(json().findings).toHaveLength(4);
    expect(json().findings[0]).toMatchObject({ level: "warning", table: "auth_session" });
    expect(raw).not.toContain("\u001b");
  });

  test("has colours on a terminal, and none where NO_COLOR says so", async () => {
    const { url } = file();
    const run = (environment: NodeJS.ProcessEnv) =>
      cli(["check", "--url", url], { isTTY: true, environment });
    expect((await run({})).raw).toContain("\u001b");
    expect((await run({ NO_COLOR: "1" })).raw).not.toContain("\u001b");
    const piped = (environment: NodeJS.ProcessEnv) => cli(["check", "--url", url], { environment });
    expect((await piped({})).raw).not.toContain("\u001b");
    expect((await piped({ FORCE_COLOR: "1" })).raw).toContain("\u001b");
  });

  test("tells errors, and what no statement mends", async () => {
    const { url } = file(TABLES.replace("expires bigint, foreign", "expires text, foreign"));
    const { code, out } = await cli(["check", "--url", url]);
    expect(out).toMatch(/^error auth_key.expires is TEXT$/m);
    expect(code).toBe(1);
    const other = file();
    await cli(["migrate", "--url", other.url]);
    other.database.exec("drop table auth_key; create view auth_key as select 1 as id");
    expect((await cli(["check", "--url", other.url])).out).toContain(
      "It takes a decision of yours",
    );
  });
});

test.each([
  [["--fix"], /nobody is asked.*--yes/],
  [["--yes"], /--yes was given without --fix/],
])("doctor %j in a pipe says what is expected, and ends with 2", async (args, message) => {
  const { code, err } = await cli(["doctor", ...args, "--url", file().url]);
  expect(err).toMatch(message);
  expect(code).toBe(2);
});

describe("migrate and sql", () => {
  test("sql prints the statements that migrate then runs", async () => {
    const { url, database } = file();
    const printed = await cli(["sql", "--url", url]);
    expect(printed.out.trim().split("\n")).toHaveLength(4);
    expect(printed.out).toMatch(/^create index .*;\n/);
    const done = await cli(["migrate", "--url", url]);
    expect(done.out).toBe(`${printed.out}Done: 4 statements.\n`);
    expect((await cli(["migrate", "--url", url])).out).toBe("There was nothing to do.\n");
    expect(database.prepare("select count(*) from auth_session").pluck().get()).toBe(2);
  });

  test("what a terminal would obey in a name is shown, not done, and goes into a pipe as it is", async () => {
    const names = `{ user: "auth\\u001b[2J_user", session: "auth_session", key: "auth_key" } as never`;
    const raw = async (command: string, isTTY: boolean) => {
      const folder = temporaryFolder();
      writeConfig(folder, `export default kyselyLucia({ ...options, tables: ${names} });`);
      return (await cli([command], { folder, isTTY })).raw;
    };
    expect(await raw("sql", false)).toContain('create table "auth\u001b[2J_user"');
    const shown = 'create table "auth\\u{1b}[2J_user"';
    expect(await raw("sql", true)).toContain(shown);
    expect(await raw("migrate", true)).toContain(shown);
  });

  test("a URL alone creates no table of users, whose columns nobody knows", async () => {
    const { url, database } = file("");
    for (const command of ["migrate", "sql"]) {
      const { code, err } = await cli([command, "--url", url]);
      expect(err).toMatch(/no auth_user.*--config.*userColumns/s);
      expect(code).toBe(2);
    }
    expect(database.prepare("select count(*) from sqlite_schema").pluck().get()).toBe(0);
  });

  test("migrate --down removes empty tables, as sql --down has said", async () => {
    const { url, database } = file(TABLES.replaceAll(/insert .*;/g, ""));
    const printed = await cli(["sql", "--down", "--url", url]);
    expect(printed.out.match(/drop table/g)).toHaveLength(3);
    const done = await cli(["migrate", "--down", "--lock-timeout", "1", "--url", url]);
    expect(done.out).toBe(`${printed.out}Done: 3 statements.\n`);
    expect(
      database.prepare("select name from sqlite_schema where name like 'auth%'").all(),
    ).toEqual([]);
  });

  test("migrate --down refuses rows, and ends with 3", async () => {
    const { url } = file();
    const { code, err } = await cli(["migrate", "--down", "--url", url]);
    expect(err).toMatch(/found rows in auth_user/);
    expect(code).toBe(3);
  });
});

describe("--config", () => {
  test.each([
    ["a default export", "export default app;"],
    ["an export of any name", "export const auth = app;"],
    [
      "members one by one",
      "export const { db, tables, transaction, checkSchema, migrate, deleteExpired, close } = app;",
    ],
  ])("takes what the factory returns as %s, of a file in TypeScript", async (_, body) => {
    const folder = temporaryFolder();
    writeConfig(folder, body);
    const { code, err, out } = await cli(["migrate"], { folder });
    expect(err).toBe("");
    expect(out).toMatch(/create table "auth_user" .*"username"/);
    expect(code).toBe(0);
    const url = `sqlite:${join(folder, "app.db")}`;
    expect((await cli(["check", "--url", url])).code).toBe(0);
  });

  test("a file that is found knows more than DATABASE_URL, and comes before it", async () => {
    const folder = temporaryFolder();
    writeConfig(folder, "export default app;");
    const environment = { DATABASE_URL: "postgres://ada:hunter2@127.0.0.1:9/app" };
    const { code, err } = await cli(["migrate"], { folder, environment });
    expect(err).toBe("");
    expect(code).toBe(0);
  });

  test.each([
    ["options that cannot work are called wrongly", "kyselyLucia({} as any);", /Expected/, 2],
    [
      "an error of the file's own",
      `throw "mysql://ada:hunter2@host";`,
      /config.ts has failed: mysql:\/\/\*\*\*@host/,
      2,
    ],
    [
      "several errors in one",
      `throw new AggregateError([new Error("this"), new Error("that")]);`,
      /this; that/,
      2,
    ],
    ["an error without a message", "throw new RangeError();", /RangeError/, 2],
  ])("tells %s", async (_, body, message, expected) => {
    const folder = temporaryFolder();
    writeConfig(folder, body);
    const { code, err } = await cli(["check"], { folder });
    expect(err).toMatch(message);
    expect(code).toBe(expected);
  });

  test("says what a file exports in its place", async () => {
    const folder = temporaryFolder();
    const path = writeConfig(folder, "export const database = 1;", "other.ts");
    const { code, err } = await cli(["check", "--config", path], { folder });
    expect(err).toMatch(/other.ts exports database. Expected what the factory returns/);
    expect(code).toBe(2);
  });
});

describe("cleanup", () => {
  test("deletes what has expired", async () => {
    const { url, database } = file();
    const { code, out } = await cli(["cleanup", "--url", url]);
    expect(out).toBe("Deleted 1 session and 0 single-use keys that had expired.\n");
    expect(code).toBe(0);
    expect(database.prepare("select id from auth_session").pluck().all()).toEqual(["session-2"]);
    expect((await cli(["cleanup", "--json", "--url", url])).json()).toEqual({
      sessions: 0,
      keys: 0,
    });
  });

  test("shows on a terminal how far it is, and says nothing of it in a pipe", async () => {
    const { url, database } = file();
    database.exec(MANY_EXPIRED);
    const { err, out } = await cli(["cleanup", "--batch-size", "2000", "--url", url], {
      isTTY: true,
    });
    expect(err).toMatch(/Deleting what has expired: 2,000 done, 1,001 left/);
    expect(out).toBe("Deleted 3,001 sessions and 0 single-use keys that had expired.\n");
    database.exec(MANY_EXPIRED);
    expect((await cli(["cleanup", "--url", url])).err).toBe("");
  });

  test("that is interrupted ends with 130, and what was deleted stays deleted", async () => {
    const { url } = file();
    const signal = AbortSignal.abort();
    const { code, err } = await cli(["cleanup", "--url", url], { signal });
    expect(err).toContain("Interrupted");
    expect(code).toBe(130);
    // Whatever else goes wrong then is no interruption.
    const broken = file("create view auth_session as select 1 as id");
    expect(
      (await cli(["cleanup", "--url", broken.url], { signal: AbortSignal.abort() })).code,
    ).toBe(3);
  });
});

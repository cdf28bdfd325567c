import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildProgram, type Program } from "@kysely-lucia/services";
import SQLite from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { cli, FOLDER } from "./support.js";

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
    [["check"], /no database to look at.*--url.*DATABASE_URL.*--config.*kysely-lucia.config.ts/s],
    [["check", "--url", "sqlite:a.db", "--config", "b.ts"], /Both --url and --config/],
    [
      ["check", "--url", "oracle://user:hunter2@host/db"],
      /begins with oracle:. Expected one such as postgres:/,
    ],
    [["check", "--url", "sqlite:nowhere.db"], /There is no file nowhere.db/],
    [["check", "--config", "nowhere.ts"], /There is no file .*nowhere.ts/],
    [["cleanup", "--batch-size", "many"], /Expected a whole number/],
  ])("%j says what is expected, and ends with 2", async (args, message) => {
    const { code, err, out } = await cli(args);
    expect(err).toMatch(message);
    expect(err).not.toContain("hunter2");
    expect(out).toBe("");
    expect(code).toBe(2);
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
    expect((await cli(["migrate", "--help"])).out).toContain("--lock-timeout <seconds>");
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

  const start = (args: string[], cwd: string) =>
    // What pnpm adds for its own programs would be found in any folder.
    spawnSync(process.execPath, [program.file, ...args], {
      cwd,
      encoding: "utf8",
      env: { ...process.env, NODE_PATH: "" },
    });

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
    const { status, stdout } = start(["check", "--help"], temporaryFolder());
    expect(stdout).toContain("Usage: kysely-lucia check");
    expect(stdout).not.toContain("\u001b");
    expect(status).toBe(0);
  });
});

test("a server that is not there is an error without the password, and ends with 3", async () => {
  for (const url of [
    "postgres://ada:hunter2@127.0.0.1:9/app",
    "mysql://ada:hunter2@127.0.0.1:9/app",
  ]) {
    const { code, err, out } = await cli(["check", "--url", url]);
    expect(err).toContain("ECONNREFUSED");
    expect(err + out).not.toContain("hunter2");
    expect(code).toBe(3);
  }
});

describe("check", () => {
  test("shows what is missing, and ends with 1; with 0 where all is well", async () => {
    const { url } = file();
    const before = await cli(["check", "--url", url]);
    expect(before.out).toMatch(
      /warning auth_session.user_id, idle_expires is without an index\n {2}expected: /,
    );
    expect(before.out).toContain('create index "auth_session_idle_expires_index"');
    expect(before.out).toContain("4 findings. `migrate` runs the statements");
    expect(before.code).toBe(1);
    await cli(["migrate", "--url", url]);
    const after = await cli(["check"], { environment: { DATABASE_URL: url } });
    expect(after.out).toBe("The tables are as they should be.\n");
    expect(after.code).toBe(0);
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
  });
});

test("doctor --fix in a pipe wants to be told that nobody has to be asked", async () => {
  const { code, err } = await cli(["doctor", "--fix", "--url", file().url]);
  expect(err).toMatch(/nobody to ask.*--yes/);
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

  test("a URL alone creates no table of users, whose columns nobody knows", async () => {
    const { url, database } = file("");
    for (const command of ["migrate", "sql"]) {
      const { code, err } = await cli([command, "--url", url]);
      expect(err).toMatch(/no auth_user.*--config.*userColumns/s);
      expect(code).toBe(2);
    }
    expect(database.prepare("select count(*) from sqlite_schema").pluck().get()).toBe(0);
  });

  test("migrate --down refuses rows, and ends with 3", async () => {
    const { url } = file();
    const { code, err } = await cli(["migrate", "--down", "--url", url]);
    expect(err).toMatch(/found rows in auth_user/);
    expect(code).toBe(3);
  });
});

describe("--config", () => {
  // Files that are imported so are not of this process's own kind: they would find what was built.
  beforeAll(() => {
    const source = (name: string) => join(FOLDER, "..", name, "src/index.ts");
    const alias = {
      "@kysely-lucia/core": source("core"),
      "@kysely-lucia/schema": source("schema"),
      "@kysely-lucia/sqlite": source("sqlite"),
    };
    process.env["JITI_ALIAS"] = JSON.stringify(alias);
  });
  afterAll(() => {
    delete process.env["JITI_ALIAS"];
  });

  const config = (folder: string, body: string, name = "kysely-lucia.config.ts") => {
    const path = join(folder, name);
    writeFileSync(
      path,
      `import SQLite from ${JSON.stringify(join(FOLDER, "node_modules/better-sqlite3/lib/index.js"))};
       import { kyselyLucia, schema } from "@kysely-lucia/sqlite";
       const app = kyselyLucia({
         database: new SQLite(${JSON.stringify(join(folder, "app.db"))}),
         schema: schema(),
         lucia: { env: "DEV" },
         userColumns: (table: any) => table.addColumn("username", "text", (c: any) => c.notNull().unique()),
       });
       ${body}`,
    );
    return path;
  };

  test.each([
    ["a default export", "export default app;"],
    ["an export of any name", "export const auth = app;"],
    [
      "members one by one",
      "export const { db, tables, transaction, checkSchema, migrate, deleteExpired, close } = app;",
    ],
  ])("takes what the factory returns as %s, of a file in TypeScript", async (_, body) => {
    const folder = temporaryFolder();
    config(folder, body);
    const { code, err, out } = await cli(["migrate"], { folder });
    expect(err).toBe("");
    expect(out).toMatch(/create table "auth_user" .*"username"/);
    expect(code).toBe(0);
    const url = `sqlite:${join(folder, "app.db")}`;
    expect((await cli(["check", "--url", url])).code).toBe(0);
  });

  test("says what a file exports in its place", async () => {
    const folder = temporaryFolder();
    const path = config(folder, "export const database = 1;", "other.ts");
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

  test("that is interrupted ends with 130, and what was deleted stays deleted", async () => {
    const { url } = file();
    const signal = AbortSignal.abort();
    const { code, err } = await cli(["cleanup", "--url", url], { signal });
    expect(err).toContain("Interrupted");
    expect(code).toBe(130);
  });
});

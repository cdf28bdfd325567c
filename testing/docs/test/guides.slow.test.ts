import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startAppDatabase } from "@kysely-lucia/services";
import { describe, expect, onTestFinished, test } from "vitest";
import { appFolder, errorsOf, printedBy, start } from "./support/app-folder.js";
import { blocksOf, filesOf, ROOT } from "./support/documents.js";

/** The program that the guides call `@kysely-lucia/cli`, as it was built. */
const CLI = join(ROOT, "packages/cli/dist/main.js");

const DIALECTS = ["sqlite", "postgres", "mysql"] as const;

/** Starts a server that prints its address. */
async function serve(folder: string, file: string, env: NodeJS.ProcessEnv) {
  const child: ChildProcess = spawn(...start(file), {
    cwd: folder,
    env: { ...process.env, ...env, PORT: "0" },
  });
  const isOver = once(child, "close");
  const stop = async () => {
    child.kill("SIGTERM");
    return (await isOver)[0] as number | null;
  };
  onTestFinished(async () => void (await stop()));
  let said = "";
  child.stderr?.on("data", (data) => {
    said += data;
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", (data) => resolve(String(data).trim()));
    child.once("close", () => reject(new Error(said)));
  });
  return { url, stop, errors: () => said };
}

/** A browser's cookies, and its forms. */
function visitor(url: string) {
  let cookie = "";
  const ask = async (path: string, form?: Record<string, string>, origin = url) => {
    const response = await fetch(url + path, {
      headers: { cookie, origin },
      redirect: "manual",
      ...(form && { method: "POST", body: new URLSearchParams(form) }),
    });
    cookie = response.headers.getSetCookie()[0]?.split(";")[0] ?? cookie;
    return { status: response.status, text: await response.text() };
  };
  return { ask, isSignedIn: async () => (await ask("/")).text.includes("Signed in") };
}

describe.each(DIALECTS)("getting started on %s", (dialect) => {
  test("leads to somebody who is signed in", async () => {
    const files = await filesOf("docs/getting-started.md");
    const { [`${dialect}/auth.ts`]: auth = "", "server.ts": server = "" } = files;
    const [, tsconfig = ""] =
      /```json \[tsconfig\.json\]\n([\s\S]*?)```/.exec(
        await readFile(`${ROOT}docs/getting-started.md`, "utf8"),
      ) ?? [];
    const folder = await appFolder({
      "auth.ts": auth,
      "server.ts": server,
      "tsconfig.json": tsconfig,
    });
    expect(await errorsOf(folder)).toBe("");

    const database = await startAppDatabase(dialect);
    onTestFinished(database.stop);
    const { env } = database;
    const { url, stop, errors } = await serve(folder, "server.ts", env);
    const ada = { username: "Ada", password: "correct horse" };
    const browser = visitor(url);
    expect(await browser.isSignedIn()).toBe(false);
    expect((await browser.ask("/sign-up", ada)).status).toBe(302);
    expect(await browser.isSignedIn()).toBe(true);
    await browser.ask("/sign-out", {});
    expect(await browser.isSignedIn()).toBe(false);
    const wrong = await browser.ask("/sign-in", { ...ada, password: "wrong" });
    expect(wrong).toEqual({ status: 400, text: "Wrong name or password." });
    expect((await browser.ask("/sign-in", ada)).status).toBe(302);
    expect(await browser.isSignedIn()).toBe(true);

    const other = visitor(url);
    const taken = await other.ask("/sign-up", { ...ada, username: "ADA" });
    expect(taken).toEqual({ status: 400, text: "This name is taken." });
    expect((await other.ask("/sign-up", {})).text).toMatch(/^Choose a name/);
    const elsewhere = await other.ask("/sign-in", ada, "https://elsewhere.example");
    expect(elsewhere.status).toBe(403);
    expect(await other.isSignedIn()).toBe(false);
    expect(errors()).toBe("");
    const said = await printedBy(folder, CLI, env, "check", "--config", "auth.ts");
    expect(said.join()).toMatch(/as they should be/);
    expect(await stop()).toBe(0);
  });
});

/** On tables as Lucia documents them: who was known to one wiring is known to the other, before and after `migrate`. */
const SIDE_BY_SIDE = `
  import { sql } from "kysely";
  import * as before from "./before.js";
  import * as after from "./after.js";

  const wirings = { before: before.auth, after: after.auth };
  const known = [];

  async function signUp(wiring, name) {
    const primaryKey = { providerId: "username", providerUserId: name, password: "correct horse" };
    const { userId } = await wirings[wiring].createUser({ primaryKey, attributes: { username: name } });
    known.push({ name, userId, ...(await wirings[wiring].createSession(userId)) });
  }

  async function recognise(wiring) {
    const names = [];
    for (const { name, userId, sessionId } of known) {
      const { user } = await wirings[wiring].validateSessionUser(sessionId);
      const key = await wirings[wiring].useKey("username", name, "correct horse");
      if (user.userId === userId && key.userId === userId) names.push(name);
    }
    console.log(wiring, names.join());
  }

  for (const table of [
    "auth_user (id varchar(15) primary key, username varchar(31) not null unique)",
    "auth_session (id varchar(127) primary key, user_id varchar(15) not null, active_expires bigint not null, idle_expires bigint not null)",
    "auth_key (id varchar(255) primary key, user_id varchar(15) not null, primary_key boolean not null, hashed_password varchar(255), expires bigint)",
  ]) await sql.raw("create table " + table).execute(before.db);

  await signUp("before", "ada");
  await signUp("after", "grace");
  await recognise("before");
  await recognise("after");
  await after.migrate();
  await signUp("before", "mary");
  await signUp("after", "emmy");
  await recognise("before");
  await recognise("after");
  process.exit();
`;

test.each(DIALECTS)("the wiring by hand and ours go on side by side, on %s", async (dialect) => {
  const blocks = await blocksOf("docs/moving.md");
  const change = blocks.find(({ file }) => file === `${dialect}.ts`);
  const folder = await appFolder({
    "before.ts": change?.before ?? "",
    "after.ts": change?.code ?? "",
    "walk.ts": SIDE_BY_SIDE,
  });
  const { env, stop } = await startAppDatabase(dialect);
  onTestFinished(stop);
  expect(await printedBy(folder, "walk.ts", env)).toEqual([
    "before ada,grace",
    "after ada,grace",
    "before ada,grace,mary,emmy",
    "after ada,grace,mary,emmy",
  ]);
});

test("a dialect that is written after the guide signs somebody up", async () => {
  const folder = await appFolder(await filesOf("docs/writing-a-dialect.md"));
  expect(await printedBy(folder, "app.ts")).toEqual(["[]", "Ada"]);
});

test("who leaves can check passwords, recognise sessions and export users", async () => {
  const database = join(await mkdtemp(join(tmpdir(), "kysely-lucia-leaving-")), "app.db");
  onTestFinished(() => rm(join(database, ".."), { recursive: true, force: true }));
  const leave = `
    import { scryptSync } from "node:crypto";
    import SQLite from "better-sqlite3";
    import { kyselyLucia, schema } from "@kysely-lucia/sqlite";
    import { verifyPassword } from "./verify-password.js";
    import { findUserId } from "./find-session.js";
    import { exportUsers } from "./export-users.js";

    for (const sessionIds of ["plain", "hashed"] as const) {
      const database = new SQLite(${JSON.stringify(database)});
      const { db, auth, migrate, close } = kyselyLucia({ database, schema: schema(), sessionIds, lucia: { env: "DEV" } });
      await migrate();
      const primaryKey = { providerId: "email", providerUserId: sessionIds + ":x", password: "pa\\u00b2" };
      const { userId } = await auth.createUser({ primaryKey, attributes: {} });
      await auth.createKey(userId, { type: "single_use", providerId: "link", providerUserId: sessionIds, password: null, expiresIn: 60 });
      const { sessionId } = await auth.createSession(userId);
      console.log(await findUserId(db, sessionId) === userId, await findUserId(db, "x".repeat(40)));
      await db.updateTable("auth_session").set({ idle_expires: Date.now() - 1 }).execute();
      console.log(await findUserId(db, sessionId));
      for await (const { user, ways } of exportUsers(db, 1)) {
        if (user.id !== userId) continue;
        for (const { provider, account, passwordHash } of ways) {
          console.log(provider, account, await verifyPassword("pa\\u00b2", passwordHash ?? ""), await verifyPassword("pa2x", passwordHash ?? ""));
        }
      }
      await close();
    }
    const old = "salt:" + scryptSync("as typed", "salt", 64, { N: 16384, r: 8, p: 1 }).toString("hex");
    console.log(await verifyPassword("as typed", old), await verifyPassword("as typed ", old), await verifyPassword("", "s2:salt:"));
  `;
  const folder = await appFolder({
    ...(await filesOf("docs/leaving-lucia.md")),
    "leave.ts": leave,
  });
  expect(await printedBy(folder, "leave.ts")).toEqual([
    "true undefined",
    "undefined",
    "email plain:x true false",
    "true undefined",
    "undefined",
    "email hashed:x true false",
    "true false false",
  ]);
});

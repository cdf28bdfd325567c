import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { readSettings } from "../src/settings.js";
import { createDatabase, type Database, type Site, startSite } from "./site.js";
import { signedUp, Visitor } from "./visitor.js";

let database: Database;
const sites: Site[] = [];

beforeAll(async () => {
  database = await createDatabase();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(sites.splice(0).map((site) => site.stop("SIGKILL")));
});

afterAll(() => database?.remove());

async function start(env: NodeJS.ProcessEnv = {}): Promise<Site> {
  const site = await startSite(database, env);
  sites.push(site);
  return site;
}

test.each(["SIGINT", "SIGTERM"] as const)("%s stops it in order", async (signal) => {
  const site = await start();
  await new Visitor(site.url).get("/notes");
  expect(await site.stop(signal)).toBe(0);
});

test("behind a proxy that brings HTTPS, forms are its own and cookies are for HTTPS only", async () => {
  const site = await start({ ORIGIN: "https://notes.example", NODE_ENV: "production" });
  const visitor = new Visitor(site.url);
  const form = await visitor.fillIn("/sign-up", "Sign up", {
    username: "ada",
    password: "correct horse",
  });
  const headers = { "X-Forwarded-Host": "notes.example", "X-Forwarded-Proto": "https" };
  expect((await visitor.post("/sign-up", form, headers)).status).toBe(403);
  const own = { ...headers, Origin: "https://notes.example" };
  const answer = await visitor.post("/sign-up", form, own);
  expect([answer.status, answer.location]).toEqual([303, "/notes"]);
  for (const name of ["auth_session", "flash"]) {
    const cookie = answer.headers.getSetCookie().find((set) => set.startsWith(`${name}=`));
    expect(cookie).toMatch(/; Secure(;|$)/);
  }
  const note = await visitor.fillIn("/notes", "Add note", { body: "Hello" });
  expect((await visitor.post("/notes", note, own)).location).toBe("/notes");
  expect((await visitor.post("/sign-out", new FormData(), own)).location).toBe("/");
  expect(visitor.session).toBeUndefined();
});

test("pages are kept by nobody, and say how they may be used", async () => {
  const visitor = await signedUp((await start()).url, "private");
  for (const page of ["/notes", "/account", "/nothing-here"]) {
    const { headers } = await visitor.get(page);
    expect(headers.get("Cache-Control")).toContain("no-store");
    expect(headers.get("Content-Security-Policy")).toContain("default-src 'none'");
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("X-Powered-By")).toBeNull();
  }
});

test.each([
  [{ PORT: "http" }, 'PORT is "http". Expected a number from 0 to 65535, such as 3000.'],
  [{ NODE_ENV: "production" }, "ORIGIN is not set, and NODE_ENV is production."],
  [{ ORIGIN: "notes.example" }, 'ORIGIN is "notes.example". Expected the public address'],
  [{ ORIGIN: "https://notes.example/" }, 'ORIGIN is "https://notes.example/". Expected'],
  [{ DATABASE_URL: "" }, "DATABASE_URL is not set. Expected one such as postgres://"],
  [
    { DATABASE_URL: "mysql://root:secret@db" },
    "DATABASE_URL is no address of PostgreSQL. Expected one such as postgres://user:password@",
  ],
])("%j is refused in words", (env, words) => {
  for (const [name, value] of Object.entries({ DATABASE_URL: database.url, ...env })) {
    vi.stubEnv(name, value);
  }
  expect(readSettings).toThrow(words);
  expect(readSettings).not.toThrow("secret");
});

test("a database that does not answer is named, without its password", async () => {
  const DATABASE_URL = "postgres://root:secret@localhost:1/db";
  const failed = await start({ DATABASE_URL }).catch((error: Error) => error.message);
  expect(failed).toContain("DATABASE_URL cannot be used. connect");
  expect(failed).toContain("connect ECONNREFUSED 127.0.0.1:1");
  expect(failed).not.toContain("secret");
});

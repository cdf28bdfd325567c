import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Database, openDatabase } from "./database.js";
import { failToStart, type Site, startSite } from "./site.js";
import { PASSWORD, signedUp, Visitor } from "./visitor.js";

let database: Database;
const sites: Site[] = [];

beforeAll(async () => {
  database = await openDatabase();
});

afterEach(async () => {
  await Promise.all(sites.splice(0).map((site) => site.stop("SIGKILL")));
});

afterAll(() => database?.remove());

async function start(env: NodeJS.ProcessEnv = {}, program?: string): Promise<Site> {
  const site = await startSite({ DATABASE_URL: database.url, ...env }, program);
  sites.push(site);
  return site;
}

const cookieOf = (headers: Headers) =>
  headers.getSetCookie().find((cookie) => cookie.startsWith("auth_session="));

test("a session cookie is out of reach for scripts and other sites, and pages say how they may be used", async () => {
  const { url } = await start();
  const visitor = new Visitor(url);
  const { headers } = await visitor.post("/api/sign-up", {
    username: "cookie",
    password: PASSWORD,
  });
  expect(cookieOf(headers)).toMatch(/; Path=\/(;|$)/);
  expect(cookieOf(headers)).toMatch(/; HttpOnly(;|$)/);
  expect(cookieOf(headers)).toMatch(/; SameSite=Lax(;|$)/);
  expect(cookieOf(headers)).not.toContain("Secure");
  expect(headers.get("Cache-Control")).toBe("no-store");
  for (const path of ["/notes", "/account", "/nothing"]) {
    const page = await visitor.get(path);
    const policy = page.headers.get("Content-Security-Policy");
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).not.toContain("unsafe");
    expect(page.headers.get("Cache-Control")).toBe("no-store");
    expect(page.headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(page.text).not.toMatch(
      /<script(?! type="module" src="\/site.js">)|<style|style=|\son\w+=/,
    );
  }
});

test("behind a proxy with HTTPS, forms are its own and cookies are for HTTPS only", async () => {
  const origin = "https://notes.example";
  const { url } = await start({ ORIGIN: origin, NODE_ENV: "production" });
  const visitor = new Visitor(url, origin);
  const { headers } = await visitor.post("/api/sign-up", { username: "far", password: PASSWORD });
  expect(headers.getSetCookie()).toHaveLength(2);
  for (const cookie of headers.getSetCookie()) expect(cookie).toMatch(/; Secure(;|$)/);
  expect((await visitor.post("/api/notes", { body: "Hello" })).status).toBe(201);
  expect((await visitor.post("/api/notes", { body: "Hello" }, { Origin: url })).status).toBe(403);
});

test("without a provider there is no way to Pocket ID", async () => {
  const { url } = await start();
  const visitor = new Visitor(url);
  expect((await visitor.get("/sign-in")).text).not.toContain("Pocket ID");
  expect((await visitor.post("/api/sign-in/pocket-id")).status).toBe(404);
  expect((await visitor.get("/pocket-id/callback?state=x&code=y")).status).toBe(404);
  const signed = await signedUp(url, "plain");
  expect((await signed.get("/account")).text).not.toContain("Ways to sign in");
});

test("with a provider of its own the site leaves the stand-in away", async () => {
  const provider = { OIDC_CLIENT_ID: "id", OIDC_CLIENT_SECRET: "secret" };
  const env = { ...provider, OIDC_ISSUER: "http://127.0.0.1:2", ORIGIN: "https://notes.example" };
  const site = await start(env, "stand-in/start.ts");
  expect(site.log()).toContain("with passwords, and with Pocket ID");
  expect(site.log()).not.toContain("stand-in");
  const visitor = new Visitor(site.url, env.ORIGIN);
  expect((await visitor.post("/api/sign-in/pocket-id")).status).toBe(502);
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s stops the site and the stand-in in order",
  async (signal) => {
    const site = await start({ POCKET_ID_PORT: "0" }, "stand-in/start.ts");
    expect((await new Visitor(site.url).post("/api/sign-in/pocket-id")).status).toBe(200);
    expect(await site.stop(signal)).toBe(0);
  },
);

test("a port that is in use is named, with a way out", async () => {
  const PORT = new URL((await start()).url).port;
  expect(await failToStart({ PORT, DATABASE_URL: database.url })).toEqual({
    code: 1,
    stderr: `Port ${PORT} is in use by another program. Choose another one, such as PORT=3001.\n`,
  });
});

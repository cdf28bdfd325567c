import { hashSessionId } from "@kysely-lucia/sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countRows, runSql, type Site, startSite, temporaryDatabase } from "./site.js";
import { signedUp, Visitor } from "./visitor.js";

const { database, remove } = temporaryDatabase();
let site: Site;

beforeAll(async () => {
  site = await startSite(database);
});

afterAll(async () => {
  await site?.stop();
  remove();
});

test("pages say how they may be used, and not what made them", async () => {
  const { headers, text } = await new Visitor(site.url).get("/");
  expect(headers.get("Content-Security-Policy")).toContain("default-src 'none'");
  expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
  expect(headers.get("Referrer-Policy")).toBe("same-origin");
  expect(headers.get("Cache-Control")).toBe("no-store");
  expect(headers.get("X-Powered-By")).toBeNull();
  expect(text).not.toMatch(/<script|<style|style=|\son\w+=/);
});

test("of two sign-ups with one name at the same time, one succeeds", async () => {
  const before = countRows(database);
  const statuses = await Promise.all(
    ["Twin", "twin", "Twin"].map(async (username) => {
      const form = { username, password: "correct horse" };
      return (await new Visitor(site.url).post("/sign-up", form)).status;
    }),
  );
  expect(statuses.sort()).toEqual([303, 409, 409]);
  const added = Object.entries(countRows(database)).map(
    ([table, count]) => Number(count) - Number(before[table]),
  );
  expect(added).toEqual([1, 1, 1, 1]);
});

test("one's own notes and sessions are nobody else's to end", async () => {
  const owner = await signedUp(site.url, "owner");
  const stranger = await signedUp(site.url, "stranger");
  const [note] = /\/notes\/\d+\/delete/.exec((await owner.get("/notes")).text) ?? [];
  const [end] = /\/account\/sessions\/[^"]+\/end/.exec((await owner.get("/account")).text) ?? [];
  for (const path of [String(note), String(end), "/notes/x/delete", "/account/sessions/x/end"]) {
    expect((await stranger.post(path)).status).toBe(303);
  }
  const { status, text } = await owner.get("/notes");
  expect([status, text]).toEqual([200, expect.stringContaining("Welcome!")]);
  expect(text).not.toContain(owner.session);
  expect((await owner.get("/account")).text).not.toContain(owner.session);
});

test("an address that is not there is answered in words, that of a refused form leads back", async () => {
  const visitor = await signedUp(site.url, "lost");
  for (const address of ["/nothing-here", "/notes/%E0%A4%A", "/style/missing.css"]) {
    const { status, text } = await visitor.get(address);
    expect([status, text]).toEqual([404, expect.stringContaining("There is no such page")]);
  }
  expect((await visitor.get("/account/password")).location).toBe("/account");
});

test("what is sent after a session has ended changes nothing and says so", async () => {
  const visitor = await signedUp(site.url, "late");
  const stored = hashSessionId(String(visitor.session));
  runSql(database, `delete from auth_session where id = '${stored}'`);
  const answer = await visitor.post("/notes", { body: "too late" });
  expect([answer.status, answer.text]).toEqual([
    401,
    expect.stringContaining("nothing was changed"),
  ]);
  expect(visitor.session).toBeUndefined();
});

test("ending the session that one is using signs out", async () => {
  const visitor = await signedUp(site.url, "leaver");
  const [end] = /\/account\/sessions\/[^"]+\/end/.exec((await visitor.get("/account")).text) ?? [];
  expect((await visitor.post(String(end))).location).toBe("/");
  expect(visitor.session).toBeUndefined();
  expect((await visitor.get("/notes")).location).toBe("/sign-in");
});

describe("while the table of notes is away", () => {
  test("nobody is signed out", async () => {
    const visitor = await signedUp(site.url, "patient");
    runSql(database, "alter table note rename to away");
    const answer = await visitor.get("/notes");
    runSql(database, "alter table away rename to note");
    expect(answer.status).toBe(500);
    expect(answer.text).toContain("Nobody was signed out");
    expect(answer.text).not.toMatch(/no such table|at .*\.ts/);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect((await visitor.get("/notes")).status).toBe(200);
  });

  test("an account without its welcome note is not written", async () => {
    const form = { username: "halfway", password: "correct horse" };
    const { note, ...before } = countRows(database);
    runSql(database, "alter table note rename to away");
    const answer = await new Visitor(site.url).post("/sign-up", form);
    runSql(database, "alter table away rename to note");
    expect(answer.status).toBe(500);
    expect(countRows(database)).toEqual({ ...before, note });
    expect((await new Visitor(site.url).post("/sign-up", form)).status).toBe(303);
  });
});

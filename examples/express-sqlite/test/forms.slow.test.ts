import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countRows, type Site, startSite, temporaryDatabase } from "./site.js";
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

test("forms are answered with fitting codes", async () => {
  const [password, other] = ["correct horse", "battery staple"];
  const visitor = await signedUp(site.url, "Ada");
  const answers: [path: string, form: Record<string, string>, status: number][] = [
    ["/sign-up", { username: "Bob", password: "short" }, 422],
    ["/sign-up", { username: "ADA", password }, 409],
    ["/sign-in", { username: "Ada", password: other }, 401],
    ["/sign-in", { username: "Ada", password }, 303],
    ["/notes", { body: "" }, 422],
    ["/notes", { body: "Water the tomatoes." }, 303],
    ["/account/password", { current: password, password: other }, 303],
    ["/account/delete", { confirm: password }, 422],
    ["/account/delete", { confirm: other }, 303],
  ];
  for (const [path, form, status] of answers) {
    expect([path, form, (await visitor.post(path, form)).status]).toEqual([path, form, status]);
  }
  expect(visitor.session).toBeUndefined();
});

test("a note that looks like HTML is shown as text", async () => {
  const visitor = await signedUp(site.url, "mallory");
  const body = `</textarea></li><h2>"owned" & 'owned'</h2><script>owned</script>`;
  const shown =
    "&lt;/textarea&gt;&lt;/li&gt;&lt;h2&gt;&quot;owned&quot; &amp; &#39;owned&#39;&lt;/h2&gt;&lt;script&gt;owned&lt;/script&gt;";
  await visitor.post("/notes", { body });
  expect((await visitor.get("/notes")).text).toContain(shown);
  // In the field again.
  const refused = await visitor.post("/notes", { body: body + "y".repeat(1000) });
  expect(refused.text).toContain(shown);
  for (const text of [refused.text, (await visitor.get("/notes")).text]) {
    expect(text).not.toMatch(/<script|<h2>.?owned/);
  }
});

describe("forms from elsewhere", () => {
  test.each([
    ["another site", { Origin: "https://elsewhere.example" }],
    ["another port", { Origin: "http://127.0.0.1:1" }],
    ["a page without an origin", { Origin: "null" }],
    ["a request that does not say", { Origin: "" }],
  ])("from %s nobody is signed up or in, and nothing is written", async (_from, origin) => {
    const visitor = await signedUp(site.url, `user-${Math.random().toString(36).slice(2)}`);
    const { session } = visitor;
    const before = countRows(database);
    const account = { username: "victim", password: "correct horse" };
    for (const [path, form] of [
      ["/sign-up", account],
      ["/sign-in", account],
      ["/sign-out", {}],
      ["/notes", { body: "written elsewhere" }],
      ["/account/delete", { confirm: "correct horse" }],
    ] as const) {
      const answer = await visitor.post(path, form, origin);
      expect(answer.status).toBe(403);
      expect(answer.text).toContain("That form was not ours");
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    expect(countRows(database)).toEqual(before);
    expect(visitor.session).toBe(session);
    expect((await visitor.get("/notes")).status).toBe(200);
  });

  test("behind a proxy, the site's own address is the one that the proxy was asked for", async () => {
    const visitor = new Visitor(site.url);
    const forwarded = { "X-Forwarded-Proto": "https", "X-Forwarded-Host": "notes.example" };
    const form = { username: "proxied", password: "correct horse" };
    const own = { ...forwarded, Origin: "https://notes.example" };
    expect((await visitor.post("/sign-up", form, forwarded)).status).toBe(403);
    expect((await visitor.post("/sign-up", form, own)).status).toBe(303);
    expect((await visitor.post("/notes", { body: "Hello" }, own)).location).toBe("/notes");
  });
});

describe("what no form of the site sends", () => {
  test("a password of thousands of characters is refused in words", async () => {
    const visitor = new Visitor(site.url);
    const form = { username: "wordy", password: "long ".repeat(1000) };
    const signUp = await visitor.post("/sign-up", form);
    expect(signUp.status).toBe(422);
    expect(signUp.text).toContain("This password is too long: 200 characters at most.");
    expect((await visitor.post("/sign-in", form)).status).toBe(401);
  });

  test.each([
    "password[]=x&username[]=y&body[]=z&current[]=a&confirm[]=b",
    "password=x&password=y&username=x&username=y&body=x&body=y&current=x&current=y&confirm=x&confirm=y",
    "__proto__=x&constructor=y&toString=z",
    "",
  ])("%j counts as empty fields", async (form) => {
    const visitor = await signedUp(site.url, `user-${Math.random().toString(36).slice(2)}`);
    const before = countRows(database);
    for (const path of ["/notes", "/account/password", "/account/delete", "/sign-up", "/sign-in"]) {
      const answer = await visitor.post(path, form);
      expect([path, answer.status]).toEqual([path, 422]);
      expect(answer.text).toMatch(/(Choose|Type|Write) /);
    }
    expect(countRows(database)).toEqual(before);
  });

  test("another type of content counts as empty fields", async () => {
    const json = { "Content-Type": "application/json" };
    expect((await new Visitor(site.url).post("/sign-up", "{}", json)).status).toBe(422);
  });

  test("too much at once, too many fields and a damaged address are refused in words", async () => {
    const visitor = await signedUp(site.url, "talkative");
    const large = await visitor.post("/notes", { body: "x".repeat(100_000) });
    expect([large.status, large.text]).toEqual([413, expect.stringContaining("too much at once")]);
    const many = await visitor.post("/notes", "a=b&".repeat(100));
    expect([many.status, many.text]).toEqual([413, expect.stringContaining("too much at once")]);
    const damaged = await visitor.post("/notes/%E0%A4%A/delete");
    expect([damaged.status, damaged.text]).toEqual([400, expect.stringContaining("damaged")]);
  });
});

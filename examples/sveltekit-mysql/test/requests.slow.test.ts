import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { resetLink, sentLink } from "./mails.js";
import { type Site, startDatabase, startSite, type TestDatabase } from "./site.js";
import { PASSWORD, signedUp, Visitor } from "./visitor.js";

let database: TestDatabase;
let site: Site;

beforeAll(async () => {
  database = await startDatabase();
  site = await startSite(database.url);
});

afterAll(async () => {
  await site?.stop();
  await database?.drop();
});

const signIn = (username: string, password: string) =>
  new Visitor(site.url).post("/sign-in", { username, password });

describe("a link for a new password", () => {
  test("of twenty uses at once one succeeds", async () => {
    await signedUp(site.url, "crowd");
    const link = await resetLink(site.url, database, "crowd");
    const passwords = Array.from({ length: 20 }, (_, number) => `password of ${number}`);
    const answers = await Promise.all(
      passwords.map((password) => new Visitor(site.url).post(link, { password })),
    );
    const winners = passwords.filter((_, number) => answers[number]?.status === 303);
    expect(winners).toHaveLength(1);
    const others = answers.filter(({ status }) => status !== 303);
    expect(others.map(({ status }) => status)).toEqual(Array(19).fill(410));
    for (const { text } of others) expect(text).toContain("used already");
    expect((await signIn("crowd", String(winners[0]))).status).toBe(303);
  });

  test("works again after a failure in the middle of its use", async () => {
    const visitor = await signedUp(site.url, "unlucky");
    const link = await resetLink(site.url, database, "unlucky");
    expect((await visitor.get("/notes")).status).toBe(200);
    await database.run("rename table auth_session to away");
    const failed = await visitor.post(link, { password: "battery staple" });
    await database.run("rename table away to auth_session");
    expect(failed.status).toBe(500);
    expect(failed.text).toContain("Nobody was signed out");
    expect(failed.headers.getSetCookie()).toEqual([]);
    expect((await visitor.get("/notes")).status).toBe(200);
    expect((await signIn("unlucky", "battery staple")).status).toBe(401);
    expect((await signIn("unlucky", PASSWORD)).status).toBe(303);

    expect((await visitor.post(link, { password: "battery staple" })).status).toBe(303);
    expect((await visitor.get("/notes")).location).toBe("/sign-in");
    expect((await signIn("unlucky", "battery staple")).status).toBe(303);
  });

  test("ends with any new password, whichever way that was chosen", async () => {
    const visitor = await signedUp(site.url, "quick");
    const link = await resetLink(site.url, database, "quick");
    const change = { current: PASSWORD, password: "battery staple" };
    expect((await visitor.post("/account?/password", change)).status).toBe(303);
    expect(
      (await new Visitor(site.url).post(link, { password: "too late, too late" })).status,
    ).toBe(410);
  });

  test("cannot be made from what is in the table of keys", async () => {
    await signedUp(site.url, "stored");
    const link = await resetLink(site.url, database, "stored");
    const token = String(link.split("/").at(-1));
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    const keys = await database.run("select id from auth_key");
    expect(JSON.stringify(keys)).not.toContain(token);
  });

  test("is told to no other site by the page that it opens", async () => {
    await signedUp(site.url, "shy");
    for (const path of [
      await resetLink(site.url, database, "shy"),
      await sentLink(database, "verify-email", "shy"),
    ]) {
      const { status, headers } = await new Visitor(site.url).get(path);
      expect(status).toBe(200);
      expect(headers.get("Referrer-Policy")).toBe("same-origin");
      expect(headers.get("Cache-Control")).toBe("no-store");
    }
  });
});

test("a form from elsewhere is refused in words, whichever way it is sent", async () => {
  const visitor = await signedUp(site.url, "target");
  for (const origin of ["http://127.0.0.1:1", "https://elsewhere.example", "null", ""]) {
    for (const path of ["/sign-in", "/notes?/add", "/account?/delete", "/verify-email/x"]) {
      const answer = await visitor.post(path, { confirm: PASSWORD }, { Origin: origin });
      expect([path, answer.status]).toEqual([path, 403]);
      expect(answer.text).toContain("That form was not ours");
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
  }
  expect((await visitor.get("/notes")).status).toBe(200);
});

test("what is sent after a session has ended changes nothing and says so", async () => {
  const visitor = await signedUp(site.url, "slow");
  const [user] = await database.run("select id from auth_user where username = 'slow'");
  await database.run("delete from auth_session where user_id = ?", [String(user?.["id"])]);
  const answer = await visitor.post("/notes?/add", { body: "too late" });
  expect([answer.status, answer.location]).toEqual([303, "/sign-in"]);
  expect(visitor.session).toBeUndefined();
  const { text } = await visitor.get("/sign-in");
  expect(text).toMatch(/<p class="notice" role="alert">You are .* so nothing was changed/);
});

test("too much at once is refused in words", async () => {
  const visitor = await signedUp(site.url, "talkative");
  const { status, text } = await visitor.post("/notes?/add", { body: "x".repeat(100_000) });
  expect([status, text]).toEqual([413, expect.stringContaining("too much at once")]);
});

test.each(["abc", "1e20", "-1", "1.5", ""])("there is no note with the number “%s”", async (id) => {
  const visitor = await signedUp(site.url, `odd-${Buffer.from(id).toString("hex")}`);
  const answer = await visitor.post("/notes?/delete", { id });
  expect([answer.status, answer.location]).toEqual([303, "/notes"]);
  const { text } = await visitor.get("/notes");
  expect(text).toContain("That note was not there any more.");
  expect(text).toContain("This note was written together with your account");
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { resetLink, sentLink } from "./mails.js";
import { type Site, startDatabase, startSite, type TestDatabase } from "./site.js";
import { type Answer, emailOf, PASSWORD, signedUp, Visitor } from "./visitor.js";

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

describe("who asks for a new password", () => {
  const ask = (email: string) => new Visitor(site.url).post("/reset-password", { email });
  /** All that an answer says, but when. */
  const said = ({ status, headers, text }: Answer) => {
    const others = [...headers].filter(([name]) => name !== "date");
    return { status, text, headers: others };
  };

  test("is not told whether there is an account", async () => {
    await signedUp(site.url, "known");
    const known = await ask(emailOf("known"));
    expect(said(known)).toEqual(said(await ask("unknown@example.com")));
    expect(known.location).toBe("/sign-in");
    await sentLink(database, "reset-password", "known");
    expect(await database.run("select 1 from mail where recipient like 'unknown%'")).toEqual([]);
  });

  test("does not wait for what is done only if there is one", async () => {
    await signedUp(site.url, "waited");
    await database.run("lock tables auth_key write, mail write");
    try {
      expect((await ask(emailOf("waited"))).status).toBe(303);
    } finally {
      await database.run("unlock tables");
    }
    await sentLink(database, "reset-password", "waited");
  });

  test("gets a link for each account with this e-mail", async () => {
    const form = { email: "family@example.com", password: PASSWORD };
    for (const username of ["mother", "father"]) {
      const { status } = await new Visitor(site.url).post("/sign-up", { username, ...form });
      expect(status).toBe(303);
    }
    expect((await ask(form.email)).status).toBe(303);
    await sentLink(database, "reset-password", "family", 2);
  });
});

test("with a public address and no mailer, mails are shown to nobody", async () => {
  const ORIGIN = "https://notes.example";
  const open = await startSite(database.url, { ORIGIN, NODE_ENV: "production" });
  const visitor = new Visitor(open.url);
  const form = { username: "public", email: emailOf("public"), password: PASSWORD };
  const answer = await visitor.post("/sign-up", form, { Origin: ORIGIN });
  expect(answer.status).toBe(303);
  const cookies = answer.headers.getSetCookie();
  expect(cookies).toHaveLength(2);
  for (const cookie of cookies) expect(cookie).toMatch(/; Secure(;|$)/);
  expect((await visitor.get("/mails")).status).toBe(404);
  expect((await visitor.get("/account")).text).not.toContain("/mails");
  expect(open.said.stderr).toContain("No mailer is set, so “Is this your e-mail?” was not sent.");
  expect(open.said.stderr).not.toContain("/verify-email/");
  expect(await database.run("select 1 from mail where recipient like 'public@%'")).toEqual([]);
  expect(await open.stop()).toBe(0);
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
  expect((await visitor.get("/sign-in")).text).toContain("so nothing was changed");
});

test.each(["SIGINT", "SIGTERM"] as const)("%s stops it in order", async (signal) => {
  const other = await startSite(database.url);
  await new Visitor(other.url).get("/sign-in");
  expect(await other.stop(signal)).toBe(0);
});

test("too much at once is refused in words", async () => {
  const visitor = await signedUp(site.url, "talkative");
  const { status, text } = await visitor.post("/notes?/add", { body: "x".repeat(100_000) });
  expect([status, text]).toEqual([413, expect.stringContaining("too much at once")]);
});

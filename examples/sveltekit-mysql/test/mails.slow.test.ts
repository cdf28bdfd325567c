import { once } from "node:events";
import { get } from "node:http";
import { text } from "node:stream/consumers";
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

  test("gets one link a minute, however often that is, and none beside it", async () => {
    await signedUp(site.url, "pestered");
    const first = await resetLink(site.url, database, "pestered");
    const again = await Promise.all(Array.from({ length: 5 }, () => ask(emailOf("pestered"))));
    expect(again.map(({ status }) => status)).toEqual(Array(5).fill(303));
    expect(await sentLink(database, "reset-password", "pestered")).toBe(first);

    await letPass(61);
    await Promise.all(Array.from({ length: 5 }, () => ask(emailOf("pestered"))));
    const second = await sentLink(database, "reset-password", "pestered", 2);
    expect((await new Visitor(site.url).get(first)).status).toBe(410);
    expect((await new Visitor(site.url).get(second)).status).toBe(200);
  });

  test("gets five links at most, and those first whose e-mail is verified", async () => {
    const email = "many@example.com";
    for (const number of [1, 2, 3, 4, 5, 6, 7]) {
      const form = { username: `many-${number}`, email, password: PASSWORD };
      expect((await new Visitor(site.url).post("/sign-up", form)).status).toBe(303);
    }
    await database.run("update auth_user set email_verified_at = 1 where username = 'many-7'");
    expect((await ask(email)).status).toBe(303);
    await sentLink(database, "reset-password", "many", 5);
    const own =
      "select 1 from mail where link like '%/reset-password/%' and body like 'Hello many-7,%'";
    expect(await database.run(own)).toHaveLength(1);
  });

  /** Sets all links back by some seconds. */
  const letPass = (seconds: number) =>
    database.run("update auth_key set expires = expires - ? where id like 'reset-password:%'", [
      String(seconds * 1000),
    ]);
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

test.each<[string, Record<string, string>]>([
  ["another host", { Host: "notes.example" }],
  ["a name that only begins like this machine's", { Host: "localhost.notes.example" }],
  ["a proxy", { "X-Forwarded-For": "203.0.113.7" }],
  ["a proxy of the newer kind", { Forwarded: "for=203.0.113.7" }],
])("without ORIGIN, mails are not shown to who asks by %s", async (_name, headers) => {
  expect((await getPage("/sign-in")).text).toContain('href="/mails"');
  expect((await getPage("/mails")).status).toBe(200);
  expect((await getPage("/sign-in", headers)).text).not.toContain("/mails");
  expect((await getPage("/mails", headers)).status).toBe(404);
  // What scripts ask for has its status inside.
  expect((await getPage("/mails/__data.json", headers)).text).toContain('"status":404');
});

/** In place of `fetch`, which chooses the header `Host` by itself. */
async function getPage(path: string, headers: Record<string, string> = {}) {
  const [response] = await once(get(site.url + path, { headers }), "response");
  return { status: Number(response.statusCode), text: await text(response) };
}

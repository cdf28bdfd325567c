import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "./database.js";
import { type Site, startSite } from "./site.js";
import { PASSWORD, signedUp, Visitor } from "./visitor.js";

let database: Database;
let site: Site;

beforeAll(async () => {
  database = await openDatabase();
  // Nobody answers there.
  const provider = {
    OIDC_ISSUER: "http://127.0.0.1:9",
    OIDC_CLIENT_ID: "x",
    OIDC_CLIENT_SECRET: "y",
  };
  site = await startSite({ DATABASE_URL: database.url, ...provider });
});

afterAll(async () => {
  await site?.stop();
  await database?.remove();
});

const visit = () => new Visitor(site.url);
const someName = () => `user-${Math.random().toString(36).slice(2)}`;

/** All that changes something, with fields that would do. */
const CALLS = [
  ["/api/sign-up", { username: "victim", password: PASSWORD }],
  ["/api/sign-in", { username: "victim", password: PASSWORD }],
  ["/api/sign-in/pocket-id", {}],
  ["/api/sign-up/pocket-id", { username: "victim" }],
  ["/api/sign-out", {}],
  ["/api/notes", { body: "written elsewhere" }],
  ["/api/notes/1/delete", {}],
  ["/api/account/password", { current: PASSWORD, password: "battery staple" }],
  ["/api/account/delete", { confirm: PASSWORD }],
  ["/api/account/sessions/x/end", {}],
  ["/api/account/ways/pocket-id", {}],
  ["/api/account/ways/password/remove", {}],
] as const;

const forSignedIn = CALLS.filter(([path]) => !/sign-(up|in)/.test(path));

describe("what it answers", () => {
  test("who is not signed in gets 401, and is told so on the next page", async () => {
    for (const path of ["/api/notes", "/api/account/ways"]) {
      const { status, error } = await visit().get(path);
      expect([path, status, error?.code]).toEqual([path, 401, "signed-out"]);
    }
    for (const [path, fields] of forSignedIn) {
      const visitor = visit();
      const { status, error } = await visitor.post(path, fields);
      expect([path, status, error?.code]).toEqual([path, 401, "signed-out"]);
      expect((await visitor.get("/sign-in")).text).toContain(
        `role="status">You are no longer signed in, so nothing was changed.`,
      );
    }
  });

  test("a name that is taken: 409, also in other capitals and at the same time", async () => {
    const taken = (username: string) =>
      expect.objectContaining({
        code: "name-taken",
        fields: { username: `The name ${username} is taken. Choose another one.` },
      });
    const before = await database.count();
    const answers = await Promise.all(
      ["Twin", "twin", "TWIN"].map(async (username) => {
        const { status, error } = await visit().post("/api/sign-up", {
          username,
          password: PASSWORD,
        });
        return status === 201 ? [201] : [status, error, taken(username)];
      }),
    );
    expect(answers.map(([status]) => status).sort()).toEqual([201, 409, 409]);
    for (const [, error, expected] of answers) expect(error).toEqual(expected);
    const after = await database.count();
    for (const [table, count] of Object.entries(before))
      expect([table, after[table]]).toEqual([table, count + 1]);
  });

  test("a wrong password and an unknown name: 401 with the same words", async () => {
    const username = someName();
    await signedUp(site.url, username);
    const fields = { password: "This name and this password do not belong together." };
    for (const tried of [
      { username, password: "wrong password" },
      { username: "nobody", password: PASSWORD },
      { username: "no\0body", password: PASSWORD },
      { username: "nobody", password: "long ".repeat(2000) },
    ]) {
      const { status, error, headers } = await visit().post("/api/sign-in", tried);
      expect([status, error?.code, error?.fields]).toEqual([401, "wrong-password", fields]);
      expect(headers.getSetCookie()).toEqual([]);
    }
  });

  test("what does not stay or is not there: 409 and 404", async () => {
    const visitor = await signedUp(site.url, someName());
    for (const [path, status, code] of [
      ["/api/account/ways/password/remove", 409, "last-way"],
      ["/api/account/ways/pocket-id/remove", 404, "gone"],
      ["/api/account/ways/toString/remove", 404, "gone"],
      ["/api/account/sessions/x/end", 404, "gone"],
      ["/api/notes/999999999/delete", 404, "gone"],
      ["/api/notes/x/delete", 404, "not-found"],
      ["/api/notes/99999999999999999999/delete", 404, "not-found"],
      ["/api/nothing", 404, "not-found"],
    ] as const) {
      const answer = await visitor.post(path);
      expect([path, answer.status, answer.error?.code]).toEqual([path, status, code]);
    }
    expect((await visitor.get("/api/account/ways")).text).toBe('{"ways":["password"]}');
  });

  test("a provider that does not answer: 502", async () => {
    const visitor = await signedUp(site.url, someName());
    for (const path of ["/api/sign-in/pocket-id", "/api/account/ways/pocket-id"]) {
      const { status, error } = await visitor.post(path);
      expect([status, error]).toEqual([
        502,
        {
          code: "provider",
          message: "Pocket ID does not answer as it should. Nothing was changed. Try again later.",
          fields: {},
        },
      ]);
    }
  });

  test("a table that is away: 500, nobody is signed out, and nothing is half done", async () => {
    const visitor = await signedUp(site.url, someName());
    const username = someName();
    const { note, ...before } = await database.count();
    await database.query("alter table note rename to away");
    const signUp = await visit().post("/api/sign-up", { username, password: PASSWORD });
    const list = await visitor.get("/api/notes");
    const page = await visitor.get("/notes");
    await database.query("alter table away rename to note");
    for (const { status, text, headers } of [signUp, list, page]) {
      expect([status, text]).toEqual([500, expect.stringContaining("Nobody was signed out")]);
      expect(text).not.toMatch(/relation|at .*\.ts/);
      expect(headers.getSetCookie().join()).not.toContain("auth_session");
    }
    expect(await database.count()).toEqual({ ...before, note });
    expect((await visitor.get("/notes")).status).toBe(200);
    await signedUp(site.url, username);
  });
});

describe("bad input", () => {
  test.each([
    "{}",
    "[]",
    "null",
    '"text"',
    '{"username": ["x"], "password": {"a": 1}, "body": 3, "current": null, "confirm": true}',
    '{"__proto__": {"username": "x", "password": "long enough", "body": "x"}}',
  ])("%s counts as empty fields: 422 with words for each", async (json) => {
    const visitor = await signedUp(site.url, someName());
    const before = await database.count();
    for (const path of ["sign-up", "sign-in", "notes", "account/password", "account/delete"]) {
      const { status, error } = await visitor.post(`/api/${path}`, json);
      expect([path, status, error?.code]).toEqual([path, 422, "invalid"]);
      for (const words of Object.values(error?.fields ?? {}))
        expect(words).toMatch(/^(Choose|Type|Write) /);
      expect(error?.message).toBe(Object.values(error?.fields ?? {}).join(" "));
    }
    expect(await database.count()).toEqual(before);
  });

  test("what is no JSON, or does not say that it is, or is too much: 400, 415 and 413", async () => {
    const visitor = await signedUp(site.url, someName());
    const before = await database.count();
    const form = { "Content-Type": "application/x-www-form-urlencoded" };
    for (const [body, headers, status, code] of [
      ['{"body": ', {}, 400, "unreadable"],
      ["", {}, 400, "unreadable"],
      ["body=x", form, 415, "no-json"],
      ['{"body":"x"}', { "Content-Type": "text/plain" }, 415, "no-json"],
      ['{"body":"x"}', { "Content-Type": "application/jsonp" }, 415, "no-json"],
      [JSON.stringify({ body: "x".repeat(100_000) }), {}, 413, "too-large"],
    ] as const) {
      const answer = await visitor.post("/api/notes", body, { ...headers });
      expect([body.slice(0, 20), answer.status, answer.error?.code]).toEqual([
        body.slice(0, 20),
        status,
        code,
      ]);
    }
    expect(await database.count()).toEqual(before);
  });

  test("too much without saying how much: 413", async () => {
    const visitor = await signedUp(site.url, someName());
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode(`{"body":"${"x".repeat(200_000)}"}`));
        controller.close();
      },
    });
    const headers = {
      "Content-Type": "application/json",
      Origin: site.url,
      Cookie: `auth_session=${visitor.session}`,
    };
    const init = { method: "POST", body, headers, duplex: "half" };
    const answer = await fetch(`${site.url}/api/notes`, init as RequestInit);
    expect([answer.status, (await answer.json()).error.code]).toEqual([413, "too-large"]);
  });

  test("a note keeps what looks like HTML as it is, and loses NUL, which PostgreSQL cannot keep", async () => {
    const visitor = await signedUp(site.url, someName());
    const body = `<script>x</script>"'&\0`;
    expect((await visitor.post("/api/notes", { body })).status).toBe(201);
    const [note] = JSON.parse((await visitor.get("/api/notes")).text).notes;
    expect(note.body).toBe(`<script>x</script>"'&`);
    const { text } = await visitor.get("/notes");
    expect(text).toContain("&lt;script&gt;x&lt;/script&gt;&quot;&#39;&amp;</p>");
  });
});

describe("from elsewhere", () => {
  test.each([
    ["another site", { Origin: "https://elsewhere.example" }],
    ["another port", { Origin: "http://127.0.0.1:1" }],
    ["a page without an origin", { Origin: "null" }],
    ["a request that does not say", { Origin: "" }],
  ])("from %s nothing is done: 403, in words for a form", async (_from, origin) => {
    const visitor = await signedUp(site.url, someName());
    const { session } = visitor;
    const before = await database.count();
    for (const [path, fields] of CALLS) {
      const { status, error, headers } = await visitor.post(path, fields, origin);
      expect([path, status, error?.code]).toEqual([path, 403, "foreign-form"]);
      expect(headers.getSetCookie()).toEqual([]);
      const form = { "Content-Type": "text/plain", Accept: "text/html,*/*" };
      for (const address of [path, path.replace("/api", "")]) {
        const page = await visitor.post(address, fields, { ...form, ...origin });
        expect([page.status, page.text]).toEqual([
          403,
          expect.stringContaining("That form was not ours"),
        ]);
      }
    }
    expect(await database.count()).toEqual(before);
    expect(visitor.session).toBe(session);
    expect((await visitor.get("/notes")).status).toBe(200);
  });
});

describe("sessions and ways", () => {
  test("one's own notes and sessions are nobody else's to end", async () => {
    const owner = await signedUp(site.url, someName());
    const stranger = await signedUp(site.url, someName());
    const [note] = /\/api\/notes\/\d+\/delete/.exec((await owner.get("/notes")).text) ?? [];
    const account = await owner.get("/account");
    const [end] = /\/api\/account\/sessions\/[^"]+\/end/.exec(account.text) ?? [];
    for (const path of [note, end]) {
      expect((await stranger.post(String(path))).error?.code).toBe("gone");
    }
    expect((await owner.get("/notes")).text).toContain("Welcome!");
    expect(account.text).not.toContain(owner.session);
    expect((await owner.post(String(end))).status).toBe(204);
    expect(owner.session).toBeUndefined();
  });

  test("of two ways that are removed at the same time, one stays", async () => {
    for (let round = 0; round < 8; round++) {
      const visitor = await signedUp(site.url, someName());
      await database.query(
        `insert into auth_key (id, user_id, primary_key) select 'pocket-id:' || id, id, false from auth_user
          where id = (select user_id from note order by id desc limit 1)`,
      );
      const answers = await Promise.all(
        ["password", "pocket-id"].map((way) => visitor.post(`/api/account/ways/${way}/remove`)),
      );
      const left = await database.query(
        "select from auth_key where user_id = (select user_id from note order by id desc limit 1)",
      );
      expect(left).toHaveLength(1);
      // The second is refused, or its session has ended before it was looked at.
      const [done, refused] = answers.map(({ status }) => status).sort();
      expect([done, refused]).toEqual([204, refused === 401 ? 401 : 409]);
    }
  });
});

import { describe, expect, test } from "vitest";
import { CALLS } from "./calls.js";
import { startService } from "./service.js";
import { signedUp, someName } from "./visitor.js";

const service = startService();

describe("bad input", () => {
  test.each([
    "{}",
    "[]",
    "null",
    '"text"',
    '{"username": ["x"], "password": {"a": 1}, "body": 3, "current": null, "confirm": true}',
    '{"__proto__": {"username": "x", "password": "long enough", "body": "x"}}',
  ])("%s counts as empty fields: 422 with words for each", async (json) => {
    const visitor = await signedUp(service.site.url, someName());
    const before = await service.database.count();
    for (const path of ["sign-up", "sign-in", "notes", "account/password", "account/delete"]) {
      const { status, error } = await visitor.post(`/api/${path}`, json);
      expect([path, status, error?.code]).toEqual([path, 422, "invalid"]);
      for (const words of Object.values(error?.fields ?? {}))
        expect(words).toMatch(/^(Choose|Type|Write) /);
      expect(error?.message).toBe(Object.values(error?.fields ?? {}).join(" "));
    }
    expect(await service.database.count()).toEqual(before);
  });

  test("what is no JSON, or does not say that it is, or is too much: 400, 415 and 413", async () => {
    const visitor = await signedUp(service.site.url, someName());
    const before = await service.database.count();
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
    expect(await service.database.count()).toEqual(before);
  });

  test("a form that was sent without its script: 415 in words, and nothing is done", async () => {
    const visitor = await signedUp(service.site.url, someName());
    const before = await service.database.count();
    for (const [path] of CALLS) {
      const { status, text, headers } = await visitor.post(path, "confirm=x", {
        "Content-Type": "application/x-www-form-urlencoded",
        Accept: "text/html,*/*",
      });
      expect([path, status]).toEqual([path, 415]);
      expect(text).toContain("That form needs its script");
      expect(headers.getSetCookie()).toEqual([]);
    }
    expect(await service.database.count()).toEqual(before);
    expect((await visitor.get("/notes")).status).toBe(200);
  });

  test("too much without saying how much: 413", async () => {
    const visitor = await signedUp(service.site.url, someName());
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode(`{"body":"${"x".repeat(200_000)}"}`));
        controller.close();
      },
    });
    const headers = {
      "Content-Type": "application/json",
      Origin: service.site.url,
      Cookie: `auth_session=${visitor.session}`,
    };
    const init = { method: "POST", body, headers, duplex: "half" };
    const answer = await fetch(`${service.site.url}/api/notes`, init as RequestInit);
    expect([answer.status, await answer.text()]).toEqual([
      413,
      expect.stringContaining('"too-large"'),
    ]);
  });

  test("a note keeps what looks like HTML as it is, and loses NUL, which PostgreSQL cannot keep", async () => {
    const visitor = await signedUp(service.site.url, someName());
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
    const visitor = await signedUp(service.site.url, someName());
    const { session } = visitor;
    const before = await service.database.count();
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
    expect(await service.database.count()).toEqual(before);
    expect(visitor.session).toBe(session);
    expect((await visitor.get("/notes")).status).toBe(200);
  });
});

describe("sessions and ways", () => {
  test("one's own notes and sessions are nobody else's to end", async () => {
    const owner = await signedUp(service.site.url, someName());
    const stranger = await signedUp(service.site.url, someName());
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
      const visitor = await signedUp(service.site.url, someName());
      await service.database.query(
        `insert into auth_key (id, user_id, primary_key) select 'pocket-id:' || id, id, false from auth_user
          where id = (select user_id from note order by id desc limit 1)`,
      );
      const answers = await Promise.all(
        ["password", "pocket-id"].map((way) => visitor.post(`/api/account/ways/${way}/remove`)),
      );
      const left = await service.database.query(
        "select from auth_key where user_id = (select user_id from note order by id desc limit 1)",
      );
      expect(left).toHaveLength(1);
      // The second is refused, or its session has ended before it was looked at.
      const [done, refused] = answers.map(({ status }) => status).sort();
      expect([done, refused]).toEqual([204, refused === 401 ? 401 : 409]);
    }
  });
});

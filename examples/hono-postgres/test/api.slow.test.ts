import { expect, test } from "vitest";
import { CALLS } from "./calls.js";
import { startService } from "./service.js";
import { PASSWORD, signedUp, someName, Visitor } from "./visitor.js";

const service = startService();

const visit = () => new Visitor(service.site.url);

const forSignedIn = CALLS.filter(([path]) => !/sign-(up|in)/.test(path));

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
      `<p class="notice" role="alert">You are no longer signed in, so nothing was changed.`,
    );
  }
});

test("a name that is taken: 409, also in other capitals and at the same time", async () => {
  const taken = (username: string) =>
    expect.objectContaining({
      code: "name-taken",
      fields: { username: `The name ${username} is taken. Choose another one.` },
    });
  const before = await service.database.count();
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
  const after = await service.database.count();
  for (const [table, count] of Object.entries(before))
    expect([table, after[table]]).toEqual([table, count + 1]);
});

test("a wrong password and an unknown name: 401 with the same words", async () => {
  const username = someName();
  await signedUp(service.site.url, username);
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
  const visitor = await signedUp(service.site.url, someName());
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

test("a provider that does not answer: 502, and the log says why", async () => {
  const visitor = await signedUp(service.site.url, someName());
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
  expect(service.site.log()).toContain(
    "Pocket ID: Its address cannot be found out. TypeError (ECONNREFUSED): fetch failed\n",
  );
});

test("a table that is away: 500, nobody is signed out, and nothing is half done", async () => {
  const visitor = await signedUp(service.site.url, someName());
  const username = someName();
  const { note, ...before } = await service.database.count();
  await service.database.query("alter table note rename to away");
  const signUp = await visit().post("/api/sign-up", { username, password: PASSWORD });
  const list = await visitor.get("/api/notes");
  const page = await visitor.get("/notes");
  await service.database.query("alter table away rename to note");
  for (const { status, text, headers } of [signUp, list, page]) {
    expect([status, text]).toEqual([500, expect.stringContaining("Nobody was signed out")]);
    expect(text).not.toMatch(/relation|at .*\.ts/);
    expect(headers.getSetCookie().join()).not.toContain("auth_session");
  }
  expect(await service.database.count()).toEqual({ ...before, note });
  expect((await visitor.get("/notes")).status).toBe(200);
  await signedUp(service.site.url, username);
});

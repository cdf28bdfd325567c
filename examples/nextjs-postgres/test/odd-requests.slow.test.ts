import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase, type Database, type Site, startSite } from "./site.js";
import { signedUp, Visitor } from "./visitor.js";

let database: Database;
let site: Site;

beforeAll(async () => {
  database = await createDatabase();
  site = await startSite(database);
});

afterAll(async () => {
  await site?.stop();
  await database?.remove();
});

test.each(["a%0Ab", "a%00b", "%E2%82%AC", "toString", "nothing"])(
  "with the cookie flash=%s pages are shown, and it is taken away",
  async (value) => {
    const visitor = new Visitor(site.url);
    visitor.cookies.set("flash", value);
    const { status, text } = await visitor.get("/sign-in");
    expect(status).toBe(200);
    expect(text).not.toMatch(/role="(status|alert)"/);
    expect(visitor.cookies.has("flash")).toBe(false);
  },
);

test.each(["abc", 1e20, 2_147_483_648, -1, 1.5, null, [1], { id: 1 }])(
  "no note has the number %j, and that is said in words",
  async (id) => {
    const visitor = await signedUp(site.url, `user-${Math.random().toString(36).slice(2)}`);
    const form = await visitor.fillIn("/notes", "Delete the note");
    const [bound] = [...form].filter(([, value]) => /^\[\d+\]$/.test(String(value)));
    form.set(String(bound?.[0]), JSON.stringify([id]));
    const { status, location } = await visitor.post("/notes", form);
    expect([status, location]).toEqual([303, "/notes"]);
    const { text } = await visitor.get("/notes");
    expect(text).toContain("That note was not there any more.");
    expect(text).toContain("This note was written together");
  },
);

test("where too many passwords are waiting, every form with one says so, and nothing is changed", async () => {
  const visitor = await signedUp(site.url, "patient");
  const NODE_OPTIONS = `--import ${new URL("busy-passwords.mjs", import.meta.url)}`;
  const busy = await startSite(database, { NODE_OPTIONS });
  try {
    const there = new Visitor(busy.url);
    const account = { username: "patient", password: "correct horse" };
    const answers = [
      await there.submit("/sign-in", "Sign in", account),
      await there.submit("/sign-up", "Sign up", { ...account, username: "newcomer" }),
    ];
    there.cookies.set("auth_session", String(visitor.session));
    answers.push(
      await there.submit("/account", "Change password", {
        current: "correct horse",
        password: "another horse",
      }),
      await there.submit("/account", "Delete", { confirm: "correct horse" }),
    );
    for (const { text, location } of answers) {
      expect(location).toBeUndefined();
      expect(text).toContain("Many people are signing in. Try again in a minute.");
    }
  } finally {
    await busy.stop("SIGKILL");
  }
  expect((await visitor.get("/account")).status).toBe(200);
});

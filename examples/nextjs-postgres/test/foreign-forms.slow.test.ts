import { afterAll, beforeAll, describe, expect, test } from "vitest";
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

async function countRows(): Promise<unknown> {
  const { rows } = await database.client.query(
    `select (select count(*) from auth_user) as users, (select count(*) from auth_key) as keys,
       (select count(*) from auth_session) as sessions, (select count(*) from note) as notes`,
  );
  return rows;
}

const account = { username: "victim", password: "correct horse" };

describe.each([
  ["another site", "https://elsewhere.example"],
  ["another port", "http://127.0.0.1:1"],
  ["a page without an origin", "null"],
  ["a request that does not say", ""],
])("from %s", (_from, origin) => {
  test("no form signs anybody up, in or out, or writes", async () => {
    const visitor = await signedUp(site.url, `user-${Math.random().toString(36).slice(2)}`);
    const stranger = new Visitor(site.url);
    const forms = [
      [stranger, "/sign-up", await stranger.fillIn("/sign-up", "Sign up", account)],
      [stranger, "/sign-in", await stranger.fillIn("/sign-in", "Sign in", account)],
      [visitor, "/sign-out", new FormData()],
      [visitor, "/notes", await visitor.fillIn("/notes", "Add note", { body: "elsewhere" })],
      [visitor, "/notes", await visitor.fillIn("/notes", "Delete the note")],
      [visitor, "/account", await visitor.fillIn("/account", "End the session")],
      [visitor, "/_next/notes", await visitor.fillIn("/notes", "Delete the note")],
    ] as const;
    const { session } = visitor;
    const before = await countRows();
    for (const [sender, path, form] of forms) {
      const answer = await sender.post(path, form, { Origin: origin });
      expect([path, answer.status]).toEqual([path, 403]);
      expect(answer.text).toContain("That form was not ours");
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    expect(await countRows()).toEqual(before);
    expect(visitor.session).toBe(session);
    expect((await visitor.get("/notes")).status).toBe(200);
  });
});

/** What the script of a page calls the server action with that a form names: another site's page may do so, too. */
function calling(form: FormData): Record<string, string> {
  const [, action = ""] = /"id":"([0-9a-f]+)"/.exec([...form].flat().join(" ")) ?? [];
  expect(action).not.toBe("");
  return { Origin: "", "Next-Action": action };
}

test.each(["/_next/notes", "/_next/static/notes", "/_next/image"])(
  "no server action is called by way of %s",
  async (path) => {
    const visitor = await signedUp(site.url, `user-${Math.random().toString(36).slice(2)}`);
    const form = await visitor.fillIn("/notes", "Delete the note");
    const before = await countRows();
    const { status } = await visitor.post(path, form, calling(form));
    expect(status).toBeGreaterThanOrEqual(400);
    expect((await visitor.post(path, form, { Origin: "" })).status).toBeGreaterThanOrEqual(400);
    expect(await countRows()).toEqual(before);
  },
);

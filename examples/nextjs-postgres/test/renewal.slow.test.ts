import { hashSessionId } from "@kysely-lucia/postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase, type Database, type Site, startSite } from "./site.js";
import { signedUp, type Visitor } from "./visitor.js";

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

/** Lets the active period of a session pass, and with it the cookie that lasts as long. */
async function becomeIdle(visitor: Visitor): Promise<string> {
  const session = String(visitor.session);
  await database.client.query("update auth_session set active_expires = $1 where id = $2", [
    Date.now() - 1000,
    hashSessionId(session),
  ]);
  visitor.cookies.delete("session_is_active");
  return session;
}

async function sessionsOf(username: string): Promise<string[]> {
  const { rows } = await database.client.query<{ id: string }>(
    "select s.id from auth_session s join auth_user u on u.id = s.user_id where u.username = $1",
    [username],
  );
  return rows.map(({ id }) => id);
}

test("a page is shown to an idle session, which is renewed before", async () => {
  const visitor = await signedUp(site.url, "reader");
  const old = await becomeIdle(visitor);
  const answer = await visitor.get("/account");
  expect(answer.status).toBe(200);
  expect(visitor.session).not.toBe(old);
  expect(visitor.cookies.get("session_is_active")).toBe("1");
  // The page was made with the new session, which it lists first.
  const [handle] = /sha256:[0-9a-f]{64}/.exec(answer.text) ?? [];
  expect(handle).toBe(hashSessionId(String(visitor.session)));
  expect(await sessionsOf("reader")).toContain(hashSessionId(String(visitor.session)));

  const renewed = visitor.session;
  expect((await visitor.get("/notes")).status).toBe(200);
  expect(visitor.session).toBe(renewed);
});

test("many pages at once renew a session once", async () => {
  const visitor = await signedUp(site.url, "hurried");
  await becomeIdle(visitor);
  const before = await sessionsOf("hurried");
  const answers = await Promise.all(Array.from({ length: 5 }, () => visitor.get("/notes")));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(await sessionsOf("hurried")).toHaveLength(before.length + 1);
});

test("a page whose session became idle after all is shown, and nothing is renewed for it", async () => {
  const visitor = await signedUp(site.url, "early");
  const old = await becomeIdle(visitor);
  visitor.cookies.set("session_is_active", "1");
  const before = await sessionsOf("early");
  const { status, headers } = await visitor.get("/notes");
  expect([status, headers.getSetCookie()]).toEqual([200, [expect.stringContaining("flash=;")]]);
  expect(visitor.session).toBe(old);
  expect(await sessionsOf("early")).toEqual(before);
});

test("a server action renews an idle session and is done", async () => {
  const visitor = await signedUp(site.url, "writer");
  const form = await visitor.fillIn("/notes", "Add note", { body: "Water the tomatoes." });
  const old = await becomeIdle(visitor);
  visitor.cookies.set("session_is_active", "1");
  const { status, location } = await visitor.post("/notes", form);
  expect([status, location]).toEqual([303, "/notes"]);
  expect(visitor.session).not.toBe(old);
  const { text } = await visitor.get("/notes");
  expect(text).toContain("Note added.");
  expect(text).toContain("Water the tomatoes.");
});

test("a route handler signs out somebody whose session is idle", async () => {
  const visitor = await signedUp(site.url, "leaver");
  await becomeIdle(visitor);
  const { status, location } = await visitor.post("/sign-out", new FormData());
  expect([status, location]).toEqual([303, "/"]);
  expect(visitor.session).toBeUndefined();
  expect((await visitor.get("/")).text).toContain("You are signed out.");
});

test("a session that is over is signed out, and its cookie removed", async () => {
  const visitor = await signedUp(site.url, "ended");
  await database.client.query("delete from auth_session where id = $1", [
    hashSessionId(String(visitor.session)),
  ]);
  const { location } = await visitor.get("/notes");
  expect(location).toBe("/sign-in");
  visitor.cookies.delete("session_is_active");
  await visitor.get("/sign-in");
  expect(visitor.session).toBeUndefined();
});

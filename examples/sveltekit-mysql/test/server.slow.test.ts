import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startDatabase, startSite, type TestDatabase } from "./site.js";
import { type Answer, emailOf, PASSWORD, Visitor } from "./visitor.js";

let database: TestDatabase;

beforeAll(async () => {
  database = await startDatabase();
});

afterAll(() => database?.drop());

test.each(["SIGINT", "SIGTERM"] as const)("%s stops it in order", async (signal) => {
  const other = await startSite(database.url);
  await new Visitor(other.url).get("/sign-in");
  expect(await other.stop(signal)).toBe(0);
});

// `localhost` may have two addresses, and a failure at both has no message of its own.
test.each(["127.0.0.1", "localhost"])(
  "a database that is not there at %s is named, its password not",
  async (host) => {
    const failure = await startSite(`mysql://notes:hidden-word@${host}:1/notes`).catch(String);
    expect(failure).toMatch(
      /The database of DATABASE_URL cannot be used\. .*ECONNREFUSED 127\.0\.0\.1:1\b/,
    );
    expect(failure).not.toContain("hidden-word");
  },
);

test("where too many passwords wait that is said, and a link that does not work waits for none", async () => {
  const { url, stop } = await startSite(database.url);
  // What still waits is not done.
  onTestFinished(async () => void (await stop("SIGKILL")));
  const signUp = async (number: number): Promise<Answer> => {
    const username = `crowd-${number}`;
    const form = { username, email: emailOf(username), password: PASSWORD };
    const answer = await new Visitor(url).post("/sign-up", form);
    if (answer.status !== 503) throw new Error(`It was answered with ${answer.status}.`);
    return answer;
  };
  const refused = await Promise.any(Array.from({ length: 1100 }, (_, number) => signUp(number)));
  expect(refused.text).toContain("Many people are signing in");
  expect(refused.text).toContain("Nothing was changed. Try again in a minute.");
  expect(refused.headers.getSetCookie()).toEqual([]);
  const unknown = await new Visitor(url).post("/reset-password/unknown", { password: PASSWORD });
  expect(unknown.status).toBe(410);
});

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

test("a database that is not there is named, and its password is not", async () => {
  const failure = await startSite("mysql://notes:hidden-word@127.0.0.1:1/notes").catch(String);
  expect(failure).toMatch(
    /The database of DATABASE_URL cannot be used\. .*ECONNREFUSED 127\.0\.0\.1:1\b/,
  );
  expect(failure).not.toContain("hidden-word");
});

test("of a host with two addresses, it is said what failed at each", async () => {
  // This machine may have no such name: it is looked up here.
  const program = `import dns from "node:dns";
    const { lookup } = dns;
    const both = [{ address: "127.0.0.2", family: 4 }, { address: "127.0.0.1", family: 4 }];
    dns.lookup = (host, options, done) =>
      host === "two.test" ? done(null, both) : lookup(host, options, done);`;
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(program)}`;
  const url = "mysql://notes@two.test:1/notes";
  const failure = await startSite(url, { NODE_OPTIONS }).catch(String);
  expect(failure).toMatch(
    /cannot be used\. .*ECONNREFUSED 127\.0\.0\.2:1; .*ECONNREFUSED 127\.0\.0\.1:1\b/,
  );
});

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

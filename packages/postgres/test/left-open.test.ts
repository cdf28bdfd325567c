import { expect, onTestFinished, test, vi } from "vitest";
import { signUp, startApp } from "./support/app.js";

type App = Awaited<ReturnType<typeof startApp>>;

/** An app whose own code gives the only connection back in the middle of its transaction. */
async function startLeaking() {
  const app = await startApp({ max: 1 });
  const { userId } = await signUp(app, "ada");
  const warnings = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
  onTestFinished(() => warnings.mockRestore());
  const leak = async (query = "insert into note values ('half')") => {
    const client = await app.pool.connect();
    await client.query("begin");
    await client.query(query).catch(() => {});
    client.release();
  };
  return { ...app, userId, leak, warnings };
}

const isSignedIn = ({ auth }: App, sessionId: string) =>
  auth.validateSession(sessionId).then(
    () => true,
    () => false,
  );

test("a connection that comes in the middle of a transaction is closed, with a warning, and what auth writes stays", async () => {
  const app = await startLeaking();
  const { sessionId } = await app.auth.createSession(app.userId);
  await app.leak();
  const another = await app.auth.createSession(app.userId);
  await app.leak();
  await app.auth.invalidateSession(sessionId);
  expect(await isSignedIn(app, another.sessionId)).toBe(true);
  expect(await isSignedIn(app, sessionId)).toBe(false);
  expect(app.warnings.mock.calls).toEqual([
    [expect.stringMatching(/in the middle of a transaction.*Look for `pool\.connect\(\)`/)],
    [expect.stringMatching(/in the middle of a transaction/)],
  ]);
});

test("a transaction does not commit what other code has left half done", async () => {
  const app = await startLeaking();
  await app.leak();
  await app.transaction(({ db }) => db.insertInto("note").values({ body: "mine" }).execute());
  expect(await app.notes()).toEqual(["mine"]);
});

test("a transaction of others that has failed fails no query of ours", async () => {
  const app = await startLeaking();
  await app.leak("select * from nowhere");
  expect(await app.notes()).toEqual([]);
});

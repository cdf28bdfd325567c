import { sql } from "kysely";
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

/** The driver knows of it only once the server has answered. */
async function startLeakingUnawaited() {
  const app = await startApp({ max: 1 });
  const { userId } = await signUp(app, "ada");
  const leak = async () => {
    const client = await app.pool.connect();
    void client.query("begin");
    client.release();
  };
  return { ...app, userId, leak };
}

test("a write is refused where a `begin` of other code was still on its way, and the next one is stored", async () => {
  const app = await startLeakingUnawaited();
  const { sessionId } = await app.auth.createSession(app.userId);
  await app.leak();
  const signOut = app.auth.invalidateSession(sessionId);
  await expect(signOut).rejects.toThrow(/transaction that this has not begun.*Nothing was stored/);
  await app.auth.invalidateSession(sessionId);
  expect(await isSignedIn(app, sessionId)).toBe(false);
});

test("nothing follows it on that connection", async () => {
  const { db, leak, notes } = await startLeakingUnawaited();
  await leak();
  const insert = (on: typeof db) => on.insertInto("note").values({ body: "mine" }).execute();
  await db.connection().execute(async (connection) => {
    for (let time = 0; time < 2; time++) {
      await expect(insert(connection)).rejects.toThrow(/Nothing was stored/);
    }
  });
  await insert(db);
  expect(await notes()).toEqual(["mine"]);
});

test.each([
  "begin",
  "/* mine */ start transaction",
  "-- mine\n begin isolation level serializable",
  "select 1; begin; select 2",
])("what is begun by %s on a connection of its own can be committed there", async (begin) => {
  const { db, notes } = await startApp({ max: 1 });
  await db.connection().execute(async (connection) => {
    await sql.raw(begin).execute(connection);
    await connection.insertInto("note").values({ body: "mine" }).execute();
    await sql`commit`.execute(connection);
  });
  expect(await notes()).toEqual(["mine"]);
});

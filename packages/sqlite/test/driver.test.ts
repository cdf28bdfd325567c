import { rejectionOf } from "@kysely-lucia/conformance";
import SQLite from "better-sqlite3";
import { type Kysely, sql } from "kysely";
import { describe, expect, onTestFinished, test } from "vitest";
import { ConfigurationError, kyselyLucia, schema } from "../src/index.js";
import { type Database, notesApp } from "./support/notes-app.js";

test("a transaction takes the write lock before it has written anything", async () => {
  const { path, transaction } = await notesApp();
  const neighbour = new SQLite(path, { timeout: 1 });
  await transaction(async ({ db }) => {
    await db.selectFrom("note").selectAll().execute();
    expect(() => neighbour.exec("insert into auth_user values ('n', 'neighbour')")).toThrow(
      expect.objectContaining({ code: "SQLITE_BUSY" }),
    );
  });
  neighbour.exec("insert into auth_user values ('n', 'neighbour')");
  neighbour.close();
});

test("a read-only transaction reads beside a writer", async () => {
  const { database, db, path, transaction } = await notesApp();
  database.pragma("journal_mode = wal");
  const neighbour = new SQLite(path);
  neighbour.exec("begin immediate");
  const notes = db
    .transaction()
    .setAccessMode("read only")
    .execute((trx) => trx.selectFrom("note").selectAll().execute());
  expect(await notes).toEqual([]);
  await expect(transaction(async () => {})).rejects.toMatchObject({ code: "SQLITE_BUSY" });
  neighbour.close();
});

test("a full disk is reported as such, nothing of the transaction stays, and the next one works", async () => {
  const { database, db, transaction } = await notesApp();
  const { userId } = await addUser(transaction);
  const pages = database.pragma("page_count", { simple: true });
  database.pragma(`max_page_count = ${pages}`);
  const body = "x".repeat(1_000_000);
  const tooMuch = transaction(async ({ db }) => {
    await db.insertInto("note").values({ user_id: userId, body: "small" }).execute();
    await db.insertInto("note").values({ user_id: userId, body }).execute();
  });
  await expect(tooMuch).rejects.toMatchObject({ code: "SQLITE_FULL" });
  expect(database.inTransaction).toBe(false);
  database.pragma("max_page_count = 1000000");
  await transaction(({ db }) => db.insertInto("note").values({ user_id: userId, body }).execute());
  expect(await db.selectFrom("note").select("body").execute()).toEqual([{ body }]);
});

test("a transaction that SQLite has ended takes no more writes, and says so", async () => {
  const { database, transaction } = await notesApp();
  const { userId } = await addUser(transaction);
  database.pragma(`max_page_count = ${database.pragma("page_count", { simple: true })}`);
  const write = (db: Kysely<Database>, body: string) =>
    db.insertInto("note").values({ user_id: userId, body }).execute();
  const work = transaction(async ({ db, auth }) => {
    await write(db, "before");
    await expect(write(db, "x".repeat(1_000_000))).rejects.toMatchObject({ code: "SQLITE_FULL" });
    await expect(write(db, "after")).rejects.toThrow(
      /transaction is over: SQLite has rolled it back/,
    );
    await expect(auth.createSession(userId)).rejects.toThrow(/transaction is over/);
  });
  await expect(work).rejects.toThrow(/transaction is over/);
  await expect(work).rejects.toMatchObject({ name: "TransactionOverError" });
  expect(database.prepare("select count(*) from note").pluck().get()).toBe(0);
  expect(database.inTransaction).toBe(false);
});

test("two factories on one database do not write into each other's transactions", async () => {
  const { auth, database, transaction } = await notesApp();
  const { userId } = await addUser(transaction);
  const reloaded = kyselyLucia({ database, schema: schema<Database>(), lucia: { env: "DEV" } });
  const inside = gate();
  const over = gate();
  const rolledBack = transaction(async () => {
    inside.open();
    await over.opened;
    throw new Error("changed my mind");
  });
  await inside.opened;
  const session = reloaded.auth.createSession(userId);
  // Time enough for it to be written, were it let in.
  await new Promise(setImmediate);
  over.open();
  await expect(rolledBack).rejects.toThrow("changed my mind");
  expect(await auth.getSession((await session).sessionId)).toMatchObject({ userId });
});

test("a query that returns nothing cannot be streamed", async () => {
  const { db, transaction } = await notesApp();
  await addUser(transaction);
  const stream = db.deleteFrom("note").stream();
  await expect(stream.next()).rejects.toThrow("Only a query that returns rows can be streamed.");
  const rows: unknown[] = [];
  for await (const row of db.selectFrom("auth_user").select("username").stream()) rows.push(row);
  expect(rows).toEqual([{ username: "ada" }]);
});

test("a sign-up that fills the disk inside a transaction is reported as such", async () => {
  const { database, transaction } = await notesApp();
  database.pragma(`max_page_count = ${database.pragma("page_count", { simple: true })}`);
  const primaryKey = { providerId: "username", providerUserId: "ada", password: null };
  const tooMuch = transaction(({ auth }) =>
    auth.createUser({ primaryKey, attributes: { username: "x".repeat(1_000_000) } }),
  );
  await expect(tooMuch).rejects.toMatchObject({ code: "SQLITE_FULL" });
  expect(database.prepare("select count(*) from auth_user").pluck().get()).toBe(0);
});

test("close waits for the transaction that is open, and for those in line", async () => {
  const { close, database, path, transaction } = await notesApp();
  const first = transaction(async ({ auth }) => {
    await new Promise(setImmediate);
    await auth.createUser({ primaryKey: null, attributes: { username: "first" } });
  });
  const second = addUser(transaction, "second");
  await Promise.all([first, second, close()]);
  expect(database.open).toBe(false);
  const names = new SQLite(path).prepare("select username from auth_user order by 1").pluck().all();
  expect(names).toEqual(["first", "second"]);
});

test("D18: close closes a database that was never asked anything, and can be called again", async () => {
  const database = new SQLite(":memory:");
  const { close } = kyselyLucia({ database, schema: schema<Database>(), lucia: { env: "DEV" } });
  await Promise.all([close(), close()]);
  expect(database.open).toBe(false);
  await close();
});

test("close does no harm to a database that its owner has closed", async () => {
  const { close, database } = await notesApp();
  database.close();
  await close();
});

test("`await using` closes", async () => {
  const database = new SQLite(":memory:");
  {
    await using app = kyselyLucia({ database, schema: schema<Database>(), lucia: { env: "DEV" } });
    await app.migrate();
  }
  expect(database.open).toBe(false);
});

describe("inside a transaction, the outer one is refused rather than waited for", () => {
  const outer =
    /outer `db`, `auth` or `close` was used inside a transaction.*use the `db` and `auth`/;

  test.each(["transaction", "db.transaction()"])("in %s", async (kind) => {
    const { auth, database, db, transaction } = await notesApp();
    const { userId } = await addUser(transaction);
    const work = async () => {
      await Promise.resolve();
      await expect(auth.createSession(userId)).rejects.toThrow(outer);
      await expect(db.selectFrom("note").selectAll().execute()).rejects.toThrow(outer);
      await new Promise(setImmediate);
      await expect(auth.getUser(userId)).rejects.toThrow(ConfigurationError);
    };
    await (kind === "transaction" ? transaction(work) : db.transaction().execute(work));
    expect(database.prepare("select count(*) from auth_session").pluck().get()).toBe(0);
    // And is there again after it.
    await auth.createSession(userId);
  });

  test("but others may wait for it, and so may another database", async () => {
    const { auth, transaction } = await notesApp();
    const another = await notesApp();
    const { userId } = await addUser(transaction);
    const began = gate();
    const inside = transaction(async () => {
      began.open();
      await addUser(another.transaction);
      await expect(auth.getUser(userId)).rejects.toThrow(outer);
    });
    await began.opened;
    const beside = auth.createSession(userId);
    await inside;
    expect(await beside).toMatchObject({ userId });
  });

  test("what it has started may use the outer one after it", async () => {
    const { auth, transaction } = await notesApp();
    const { userId } = await addUser(transaction);
    const over = gate();
    const { later } = await transaction(async () => ({
      later: over.opened.then(() => auth.createSession(userId)),
    }));
    over.open();
    expect(await later).toMatchObject({ userId });
  });
});

test("errors inside a transaction show where in the app they come from", async () => {
  const { auth, transaction } = await notesApp();
  const { userId } = await addUser(transaction);
  const stackOf = (call: Promise<unknown>) =>
    call.then(String, (error: unknown) => (error instanceof Error ? String(error.stack) : ""));
  await transaction(async ({ db, auth: inner }) => {
    const wrong = db.insertInto("note").values({ user_id: "nobody", body: "" });
    expect(await stackOf(wrong.execute())).toMatch("driver.test.ts");
    expect(await stackOf(inner.getUser("nobody"))).toMatch("driver.test.ts");
    const { stackTraceLimit } = Error;
    expect(await stackOf(auth.getUser(userId))).toMatch("driver.test.ts");
    expect(Error.stackTraceLimit).toBe(stackTraceLimit);
  });
});

test("a transaction in one of another database, in a savepoint, reaches the transaction around", async () => {
  const { db: outerDb, transaction, auth } = await notesApp();
  const another = await notesApp();
  const { userId } = await addUser(transaction);
  const write = (db: Kysely<Database>, body: string) =>
    db.insertInto("note").values({ user_id: userId, body }).execute();
  await transaction(async ({ db }) => {
    await transaction(() => another.transaction(() => write(db, "1")));
    await transaction(() => another.db.transaction().execute(() => write(db, "2")));
  });
  expect(await outerDb.selectFrom("note").select("body").execute()).toHaveLength(2);
  await auth.createSession(userId);
});

test("a savepoint of a controlled transaction rolls back alone, or is released", async () => {
  const { database, db, transaction } = await notesApp();
  const { userId } = await addUser(transaction);
  const trx = await db.startTransaction().execute();
  await trx.insertInto("note").values({ user_id: userId, body: "stays" }).execute();
  const saved = await trx.savepoint("s").execute();
  await saved.insertInto("note").values({ user_id: userId, body: "goes" }).execute();
  await saved.rollbackToSavepoint("s").execute();
  const released = await trx.savepoint("t").execute();
  await released.insertInto("note").values({ user_id: userId, body: "stays too" }).execute();
  await released.releaseSavepoint("t").execute();
  await expect(released.rollbackToSavepoint("t").execute()).rejects.toThrow("no such savepoint");
  await trx.commit().execute();
  const notes = database.prepare("select body from note").pluck().all();
  expect(notes).toEqual(["stays", "stays too"]);
});

test.each([
  ["rollback transaction to s", /^ok$/],
  ["rollback to s", /^ok$/],
  // A block of MariaDB's.
  ["begin  not atomic", /syntax error/],
])("what ends no transaction is left to the database: %s", async (text, said) => {
  const { transaction } = await notesApp();
  const result = transaction(async ({ db }) => {
    await sql`savepoint s`.execute(db);
    await sql.raw(text).execute(db);
    return "ok";
  });
  expect(await result.catch(String)).toMatch(said);
});

test("a statement that is written as it stands tells what it has changed, and has no rows", async () => {
  const { db, transaction } = await notesApp();
  await addUser(transaction);
  const renamed = await sql`update auth_user set username = 'bob'`.execute(db);
  expect(renamed).toMatchObject({ rows: [], numAffectedRows: 1n });
});

function addUser(
  transaction: Awaited<ReturnType<typeof notesApp>>["transaction"],
  username = "ada",
) {
  return transaction(({ auth }) => auth.createUser({ primaryKey: null, attributes: { username } }));
}

/** A promise that is resolved from outside. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

test("errors show where in the app they come from, however little Node.js shows", async () => {
  const { auth, transaction, db } = await notesApp();
  const { userId } = await addUser(transaction);
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 1;
  onTestFinished(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });
  const wrong = { user_id: "nobody", body: "" };
  const calls = [
    async () => void (await db.insertInto("note").values(wrong).execute()),
    () => transaction(async ({ db }) => void (await db.insertInto("note").values(wrong).execute())),
    async () => void (await auth.updateUserAttributes(userId, { username: null as never })),
  ];
  for (const call of calls) {
    const error = await rejectionOf(call());
    const lines = String(Object(error).stack).split("\n");
    expect(lines.some((line) => line.includes("driver.test.ts"))).toBe(true);
    expect(new Set(lines).size).toBe(lines.length);
  }
  expect(Error.stackTraceLimit).toBe(1);
});

import SQLite from "better-sqlite3";
import type { Kysely } from "kysely";
import { describe, expect, test } from "vitest";
import { kyselyLucia, TransactionOverError } from "../src/index.js";
import { type Database, notesApp, options } from "./support/notes-app.js";

/** An app with five notes, and what another process sees of it. */
async function withNotes() {
  const app = await notesApp();
  const attributes = { username: "ada" };
  const { userId } = await app.auth.createUser({ primaryKey: null, attributes });
  const write = (db: Kysely<Database>, body: string) =>
    db.insertInto("note").values({ user_id: userId, body }).execute();
  for (const body of ["1", "2", "3", "4", "5"]) await write(app.db, body);
  const stored = () => {
    const beside = new SQLite(app.path);
    const rows = beside.prepare("select body from note order by id").pluck().all();
    beside.close();
    return rows.join("");
  };
  return { ...app, userId, write, stored };
}

type Reading = (db: Kysely<Database>) => Promise<never>;

/** Reads one row, and then waits for ever. */
const stuck: Reading = async (db) => {
  for await (const _ of db.selectFrom("note").selectAll().stream()) await new Promise(() => {});
  throw new Error("There were no notes.");
};

describe("a transaction that ends while rows are being read in it", () => {
  test("is rolled back where its work fails", async () => {
    const { auth, db, stored, transaction, userId, write } = await withNotes();
    const failed = transaction(async ({ db }) => {
      await write(db, "Lost");
      await Promise.race([stuck(db), Promise.reject(new Error("No"))]);
    });
    await expect(failed).rejects.toThrow("No");
    await auth.createSession(userId);
    await write(db, "6");
    await transaction(({ db }) => write(db, "7"));
    expect(stored()).toBe("1234567");
  });

  test("is rolled back where it is aborted", async () => {
    const { stored, transaction, write } = await withNotes();
    const controller = new AbortController();
    const aborted = transaction(
      async ({ db }) => {
        await write(db, "Lost");
        for await (const _ of db.selectFrom("note").selectAll().stream()) {
          controller.abort(new Error("Changed my mind"));
          await new Promise(() => {});
        }
      },
      { signal: controller.signal },
    );
    await expect(aborted).rejects.toThrow("Changed my mind");
    await transaction(({ db }) => write(db, "6"));
    expect(stored()).toBe("123456");
  });

  test("is committed where its work returns, and the reader is told", async () => {
    const { stored, transaction, write } = await withNotes();
    let go = () => {};
    const waiting = new Promise<void>((resolve) => {
      go = resolve;
    });
    let reading: Promise<unknown> = Promise.resolve();
    await transaction(async ({ db }) => {
      await write(db, "6");
      await new Promise<void>((begun) => {
        reading = (async () => {
          for await (const _ of db.selectFrom("note").selectAll().stream()) {
            begun();
            await waiting;
          }
        })().catch(String);
      });
    });
    go();
    expect(await reading).toMatch(/This transaction has ended/);
    await transaction(({ db }) => write(db, "7"));
    expect(stored()).toBe("1234567");
  });

  test("is undone alone where it is a savepoint", async () => {
    const { stored, transaction, write } = await withNotes();
    await transaction(async ({ db }) => {
      const nested = transaction(async ({ db }) => {
        await write(db, "Lost");
        await Promise.race([stuck(db), Promise.reject(new Error("No"))]);
      });
      await expect(nested).rejects.toThrow("No");
      await write(db, "6");
    });
    expect(stored()).toBe("123456");
  });

  test("is rolled back where Kysely has begun it", async () => {
    const { db, stored, transaction, write } = await withNotes();
    const failed = db.transaction().execute(async (trx) => {
      await write(trx, "Lost");
      await Promise.race([stuck(trx), Promise.reject(new Error("No"))]);
    });
    await expect(failed).rejects.toThrow("No");
    await transaction(({ db }) => write(db, "6"));
    expect(stored()).toBe("123456");
  });
});

/**
 * Runs a transaction that fails, and cannot be rolled back while rows are being read on the raw handle.
 *
 * @returns what ends the reading
 */
async function leaveOpen({ database, transaction, write }: Awaited<ReturnType<typeof withNotes>>) {
  let rows: IterableIterator<unknown> | undefined;
  const failed = transaction(async ({ db }) => {
    await write(db, "Lost");
    rows = database.prepare("select * from note").iterate();
    rows.next();
    throw new Error("No");
  });
  await expect(failed).rejects.toThrow("No");
  return () => rows?.return?.();
}

test("where rows are read on the raw handle, nothing is written into a transaction that could not end", async () => {
  const app = await withNotes();
  const { db, stored, write } = app;
  const stopReading = await leaveOpen(app);
  await expect(write(db, "Lost too")).rejects.toThrow(/busy/);
  stopReading();
  await write(db, "6");
  expect(stored()).toBe("123456");
});

test("another factory on the same handle does not write into a transaction that could not end", async () => {
  const app = await withNotes();
  const { database, stored, write } = app;
  const { db: another } = kyselyLucia({ ...options, database });
  const stopReading = await leaveOpen(app);
  stopReading();
  await write(another, "6");
  expect(stored()).toBe("123456");
});

test("a transaction of the raw handle outlives one of ours that cannot begin in it", async () => {
  const { auth, database, stored, userId } = await withNotes();
  database.exec(`begin; insert into note (user_id, body) values ('${userId}', '6')`);
  const attributes = { username: "eve" };
  const primaryKey = { providerId: "username", providerUserId: "eve", password: null };
  await expect(auth.createUser({ primaryKey, attributes })).rejects.toThrow(/within a transaction/);
  expect(database.inTransaction).toBe(true);
  database.exec("commit");
  expect(stored()).toBe("123456");
});

test("a savepoint that cannot be undone takes the transaction along", async () => {
  const { database, stored, transaction, write } = await withNotes();
  let rows: IterableIterator<unknown> | undefined;
  const outer = transaction(async (scope) => {
    const nested = transaction(async ({ db }) => {
      await write(db, "Lost");
      rows = database.prepare("select * from note").iterate();
      rows.next();
      throw new Error("No");
    });
    await expect(nested).rejects.toThrow("No");
    rows?.return?.();
    await expect(write(scope.db, "Lost too")).rejects.toThrow(TransactionOverError);
  });
  await expect(outer).rejects.toThrow(
    /This transaction is over: a savepoint of it could not be undone/,
  );
  await expect(outer).rejects.toMatchObject({
    cause: { message: expect.stringContaining("busy") },
  });
  await transaction(({ db }) => write(db, "6"));
  expect(stored()).toBe("123456");
});

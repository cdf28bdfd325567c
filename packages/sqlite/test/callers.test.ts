import { getEventListeners } from "node:events";
import { gate } from "@kysely-lucia/conformance";
import { describe, expect, onTestFinished, test } from "vitest";
import { ConfigurationError } from "../src/index.js";
import { notesApp } from "./support/notes-app.js";

/** A notes app with one user in it. */
async function appWithUser() {
  const app = await notesApp();
  const attributes = { username: "ada" };
  const { userId } = await app.auth.createUser({ primaryKey: null, attributes });
  return { ...app, userId };
}

describe("transactions of two databases in each other", () => {
  test("the outer auth of the one around is refused inside of both", async () => {
    const { auth, transaction, userId } = await appWithUser();
    const other = await notesApp();
    await transaction(() =>
      other.transaction(async () => {
        await expect(auth.createSession(userId)).rejects.toThrow(ConfigurationError);
      }),
    );
  });

  test("that of the one around can be used inside of one that Kysely has begun", async () => {
    const { transaction, userId } = await appWithUser();
    const other = await notesApp();
    const found = await transaction(({ auth }) =>
      other.db.transaction().execute(() => auth.getUser(userId)),
    );
    expect(found).toMatchObject({ userId });
  });
});

test("what a savepoint has started is still refused the outer auth while the transaction is open", async () => {
  const { auth, transaction, userId } = await appWithUser();
  await transaction(async () => {
    let later = () => Promise.resolve<unknown>(undefined);
    const over = gate();
    await transaction(async () => {
      const refused = over.opened.then(() => auth.createSession(userId));
      later = () => refused;
    });
    over.open();
    await expect(later()).rejects.toThrow(ConfigurationError);
  });
});

test("what a transaction has started may use the outer auth once that is over, on its connection or not", async () => {
  const { auth, db, userId } = await appWithUser();
  const over = gate();
  const later = await db.connection().execute(async (connection) => {
    const started = await connection.transaction().execute(async () => ({
      found: over.opened.then(() => auth.getUser(userId)),
    }));
    over.open();
    // By then it waits for the connection, which this code still has.
    await new Promise(setImmediate);
    return started;
  });
  expect(await later.found).toMatchObject({ userId });
});

test("a refusal shows more of the stack than usual, and errors of others as much as before", async () => {
  const { auth, transaction, userId } = await appWithUser();
  const { stackTraceLimit } = Error;
  onTestFinished(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });
  Error.stackTraceLimit = 1;
  await transaction(async () => {
    const error = await auth.getUser(userId).catch((error: unknown) => error);
    expect(String(Object(error).stack).split("\n").length).toBeGreaterThan(3);
  });
  expect(Error.stackTraceLimit).toBe(1);
});

describe("a signal", () => {
  test("that the work aborts at once rolls back", async () => {
    const { transaction } = await notesApp();
    const controller = new AbortController();
    const reason = new Error("Changed my mind");
    const work = transaction(
      () => {
        controller.abort(reason);
        return new Promise(() => {});
      },
      { signal: controller.signal },
    );
    await expect(work).rejects.toBe(reason);
  });

  test("rejects once the transaction has been rolled back, and not before", async () => {
    const { database, transaction } = await notesApp();
    const controller = new AbortController();
    const work = transaction(
      async ({ db }) => {
        await db.selectFrom("note").selectAll().execute();
        controller.abort();
        await new Promise(() => {});
      },
      { signal: controller.signal },
    );
    await expect(work).rejects.toThrow("aborted");
    expect(database.inTransaction).toBe(false);
  });

  test("of a transaction inside of another one rejects once the savepoint has been rolled back", async () => {
    const { database, transaction, userId } = await appWithUser();
    const controller = new AbortController();
    await transaction(async () => {
      const inner = transaction(
        async ({ db }) => {
          await db.insertInto("note").values({ user_id: userId, body: "Lost" }).execute();
          controller.abort();
          await new Promise(() => {});
        },
        { signal: controller.signal },
      );
      await expect(inner).rejects.toThrow("aborted");
      expect(database.prepare("select body from note").all()).toEqual([]);
    });
  });

  test("is listened to for as long as a transaction lasts", async () => {
    const { transaction } = await notesApp();
    const { signal } = new AbortController();
    await transaction(async () => {}, { signal });
    await transaction(() => Promise.reject(new Error("The work has failed")), { signal }).catch(
      () => {},
    );
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("can be shared by any number of transactions, without a warning", async () => {
    const { transaction } = await notesApp();
    const warnings: Error[] = [];
    const listener = (warning: Error) => warnings.push(warning);
    process.on("warning", listener);
    onTestFinished(() => void process.off("warning", listener));
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 20 }, () => transaction(async () => {}, { signal })));
    await new Promise(setImmediate);
    expect(warnings).toEqual([]);
  });
});

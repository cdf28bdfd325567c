import { rejectionOf } from "@kysely-lucia/conformance";
import { sql } from "kysely";
import { createConnection } from "mysql2/promise";
import { describe, expect, onTestFinished, test } from "vitest";
import { TransactionOverError } from "../src/index.js";
import { signUp, startApp } from "./support/app.js";

/** A connection of somebody else's, until the test is over. */
async function somebodyElse(url: string) {
  const connection = await createConnection(url);
  connection.on("error", () => {});
  onTestFinished(() => connection.destroy());
  return connection;
}

async function startWithUsers() {
  const app = await startApp();
  await signUp(app, "ada");
  await signUp(app, "bob");
  const notes = async () =>
    (await app.db.selectFrom("note").select("body").execute()).map((n) => n.body);
  return { ...app, notes };
}

type App = Awaited<ReturnType<typeof startWithUsers>>;

/** A transaction that loses a deadlock against somebody else, and the app catches that. */
async function loseDeadlock(app: App, afterwards: (db: App["db"]) => Promise<unknown>) {
  const { transaction, url } = app;
  const other = await somebodyElse(url);
  await other.query("start transaction");
  // The server ends the transaction that has changed less.
  await other.query("insert into note values ('x'), ('x'), ('x'), ('x'), ('x')");
  await other.query("update auth_user set username = 'ada lovelace' where username = 'ada'");
  const errors: unknown[] = [];
  const result = await transaction(async ({ db }) => {
    await db.insertInto("note").values({ body: "Before" }).execute();
    await db
      .updateTable("auth_user")
      .set({ username: "bobby" })
      .where("username", "=", "bob")
      .execute();
    const waiting = other.query("update auth_user set username = 'b' where username = 'bob'");
    const update = db.updateTable("auth_user").set({ username: "a" }).where("username", "=", "ada");
    errors.push(await rejectionOf(update.execute()));
    await waiting;
    await afterwards(db);
    return "done";
  }).catch((error: unknown) => error);
  await other.query("rollback");
  return { deadlock: errors[0], result };
}

describe("after a deadlock, which ends a transaction on the server", () => {
  test("a transaction that goes on is refused, and nothing of it is stored", async () => {
    const app = await startWithUsers();
    const { deadlock, result } = await loseDeadlock(app, (db) =>
      db.insertInto("note").values({ body: "After" }).execute(),
    );
    expect(deadlock).toMatchObject({ errno: 1213 });
    expect(result).toMatchObject({ message: expect.stringMatching(/transaction is over.*again/) });
    expect(await app.notes()).toEqual([]);
  });

  test("a transaction that simply returns is not reported as committed", async () => {
    const app = await startWithUsers();
    const { result } = await loseDeadlock(app, async () => {});
    expect(result).toBeInstanceOf(Error);
    expect(String(result)).toMatch(/transaction is over.*Deadlock/);
    expect(await app.notes()).toEqual([]);
  });

  test("the connection is as good as new", async () => {
    const app = await startWithUsers();
    await loseDeadlock(app, async () => {});
    await app.transaction(async ({ db }) => {
      await db.insertInto("note").values({ body: "Another" }).execute();
    });
    expect(await app.notes()).toEqual(["Another"]);
  });
});

test("an error that ends no transaction leaves it usable", async () => {
  const app = await startWithUsers();
  await app.transaction(async ({ db, auth }) => {
    await db.insertInto("note").values({ body: "Before" }).execute();
    const taken = db
      .updateTable("auth_user")
      .set({ username: "ada" })
      .where("username", "=", "bob");
    expect(await rejectionOf(taken.execute())).toMatchObject({ errno: 1062 });
    const missing = auth.createSession("nobody");
    expect(String(await rejectionOf(missing))).toMatch("AUTH_INVALID_USER_ID");
    await db.insertInto("note").values({ body: "After" }).execute();
  });
  expect(await app.notes()).toEqual(["Before", "After"]);
});

describe("a transaction that the server ends while rows are streamed", () => {
  test("is not reported as committed, and nothing of it is stored", async () => {
    const app = await startWithUsers();
    const other = await somebodyElse(app.url);
    await other.query("start transaction");
    await other.query("insert into note values ('x'), ('x'), ('x'), ('x'), ('x')");
    await other.query("update auth_user set username = 'ada lovelace' where username = 'ada'");
    const result = app.transaction(async ({ db }) => {
      await db.insertInto("note").values({ body: "Before" }).execute();
      await db
        .updateTable("auth_user")
        .set({ username: "b" })
        .where("username", "=", "bob")
        .execute();
      const waiting = other.query("update auth_user set username = 'c' where username = 'bob'");
      const read = async () => {
        const ada = db.selectFrom("auth_user").selectAll().where("username", "=", "ada");
        for await (const _ of ada.forUpdate().stream());
      };
      expect(await rejectionOf(read())).toMatchObject({ errno: 1213 });
      await waiting;
      await db.insertInto("note").values({ body: "After" }).execute();
    });
    expect(await rejectionOf(result)).toBeInstanceOf(TransactionOverError);
    await other.query("rollback");
    expect(await app.notes()).toEqual([]);
  });
});

test("a transaction that a query of its own ends lets nothing through", async () => {
  const app = await startWithUsers();
  const result = app.transaction(async ({ db, auth }) => {
    await db.schema.createTable("another").addColumn("id", "integer").execute();
    await auth.createUser({ primaryKey: null, attributes: { username: "eve" } });
  });
  expect(await rejectionOf(result)).toBeInstanceOf(TransactionOverError);
  const eve = app.db.selectFrom("auth_user").selectAll().where("username", "=", "eve");
  expect(await eve.execute()).toEqual([]);
});

test("a transaction that a query of its own ends lets no stream through", async () => {
  const app = await startWithUsers();
  const result = app.transaction(async ({ db }) => {
    await db.schema.createTable("another").addColumn("id", "integer").execute();
    const read = async () => {
      for await (const _ of db.selectFrom("auth_user").selectAll().stream());
    };
    expect(await rejectionOf(read())).toBeInstanceOf(TransactionOverError);
  });
  expect(await rejectionOf(result)).toBeInstanceOf(TransactionOverError);
});

test("a row is not taken for what the server says of itself, whatever its columns are called", async () => {
  const app = await startWithUsers();
  await app.transaction(async ({ db }) => {
    await sql`select 0 as serverStatus`.execute(db);
    await db.insertInto("note").values({ body: "Kept" }).execute();
  });
  expect(await app.notes()).toEqual(["Kept"]);
});

test("nor is one of several that a procedure returns", async () => {
  const app = await startWithUsers();
  await sql`create procedure two_answers() begin select 1; select 0 as serverStatus; end`.execute(
    app.db,
  );
  await app.transaction(async ({ db }) => {
    await sql`call two_answers()`.execute(db);
    await db.insertInto("note").values({ body: "Kept" }).execute();
  });
  expect(await app.notes()).toEqual(["Kept"]);
});

test("nor does one that a procedure ends, whatever that returns", async () => {
  const app = await startWithUsers();
  await sql`create procedure two_answers() begin select 1; select 2; commit; end`.execute(app.db);
  const result = app.transaction(async ({ db }) => {
    await sql`call two_answers()`.execute(db);
    await db.insertInto("note").values({ body: "Lost" }).execute();
  });
  expect(await rejectionOf(result)).toBeInstanceOf(TransactionOverError);
  expect(await app.notes()).toEqual([]);
});

test("a connection that is told not to commit is not used again", async () => {
  const app = await startApp({ connectionLimit: 1 });
  await sql`set autocommit = 0`.execute(app.db);
  await app.db.insertInto("note").values({ body: "Kept" }).execute();
  const outside = await somebodyElse(app.url);
  expect((await outside.query("select body from note"))[0]).toEqual([{ body: "Kept" }]);
});

test("a connection that is given back in the middle of a transaction is closed, and that with it", async () => {
  const app = await startApp({ connectionLimit: 1 });
  await app.db.connection().execute(async (connection) => {
    await sql`begin`.execute(connection);
    await connection.insertInto("note").values({ body: "Lost" }).execute();
  });
  await app.db.insertInto("note").values({ body: "Kept" }).execute();
  const outside = await somebodyElse(app.url);
  expect((await outside.query("select body from note"))[0]).toEqual([{ body: "Kept" }]);
});

describe("a connection that the server ends", () => {
  const kill = async (app: App, threadId: number) => {
    const other = await somebodyElse(app.url);
    await other.query(`kill ${threadId}`);
  };
  const threads = async (app: App) => {
    const other = await somebodyElse(app.url);
    const [rows] = await other.query(
      "select id from information_schema.processlist where db = database() and id <> connection_id()",
    );
    return (rows as { id: number }[]).map(({ id }) => id);
  };

  test("in the middle of a transaction: it fails, the process lives, the next one works", async () => {
    const app = await startWithUsers();
    const failed = app.transaction(async ({ db }) => {
      await db.insertInto("note").values({ body: "Lost" }).execute();
      for (const id of await threads(app)) await kill(app, id);
      await db.insertInto("note").values({ body: "Lost" }).execute();
    });
    expect(await rejectionOf(failed)).toBeInstanceOf(Error);
    await app.transaction(async ({ db }) => {
      await db.insertInto("note").values({ body: "Kept" }).execute();
    });
    expect(await app.notes()).toEqual(["Kept"]);
  });

  test("in the middle of a transaction that catches it: it is not reported as committed", async () => {
    const app = await startWithUsers();
    const result = app.transaction(async ({ db }) => {
      await db.insertInto("note").values({ body: "Lost" }).execute();
      for (const id of await threads(app)) await kill(app, id);
      await rejectionOf(db.insertInto("note").values({ body: "Lost" }).execute());
    });
    expect(await rejectionOf(result)).toBeInstanceOf(TransactionOverError);
    expect(await app.notes()).toEqual([]);
  });

  test("while it is idle: the next call works", async () => {
    const app = await startWithUsers();
    for (const id of await threads(app)) await kill(app, id);
    const usable = async () => (await app.auth.getKey("email", "ada")).userId;
    // The driver may hear of it with the first query that it sends.
    await usable().catch(() => {});
    expect(await usable()).toBeTypeOf("string");
  });
});

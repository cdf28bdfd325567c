import { setImmediate as nextTurn } from "node:timers/promises";
import { rejectionOf } from "@kysely-lucia/conformance";
import { sql } from "kysely";
import pg from "pg";
import { describe, expect, onTestFinished, test } from "vitest";
import { isUniqueViolation, kyselyLucia, TransactionOverError } from "../src/index.js";
import { options, signUp, startApp } from "./support/app.js";
import { ReadyWithTheNext } from "./support/sockets.js";

type App = Awaited<ReturnType<typeof startApp>>;

test("rows cannot be streamed, and an app that tries is told what to do", async () => {
  const { db } = await startApp();
  const rows = db.selectFrom("note").selectAll().stream();
  expect(String(await rejectionOf(rows.next()))).toMatch(/no `stream\(\)` on PostgreSQL.*page/);
});

describe("after a query of the app's has failed in a transaction", () => {
  test("it is not reported as committed where the app has caught the error", async () => {
    const app = await startApp();
    await signUp(app, "ada");
    const result = app.transaction(async ({ db }) => {
      await db.insertInto("note").values({ body: "Lost" }).execute();
      const taken = db.insertInto("auth_user").values({ id: "1", username: "ada" }).execute();
      expect(isUniqueViolation(await rejectionOf(taken), "auth_user.username")).toBe(true);
    });
    expect(String(await rejectionOf(result))).toMatch(
      /TransactionOverError.*rolled it back.*savepoint/,
    );
    expect(await app.notes()).toEqual([]);
  });

  test("its error has no cause, and those that come of it name it as theirs", async () => {
    const app = await startApp();
    const errors: unknown[] = [];
    const result = app.transaction(async ({ db }) => {
      const fail = () => rejectionOf(sql`select * from nowhere`.execute(db));
      errors.push(await fail(), await fail());
    });
    await rejectionOf(result);
    const [first, second] = errors;
    expect(first).toMatchObject({ code: "42P01" });
    expect(first).not.toHaveProperty("cause");
    expect(second).toMatchObject({ code: "25P02", cause: first });
    // Outside of a transaction none comes of another.
    const outside = await app.db.connection().execute(async (db) => {
      const fail = () => rejectionOf(sql`select * from nowhere`.execute(db));
      await fail();
      return fail();
    });
    expect(outside).not.toHaveProperty("cause");
  });

  test("nor is one of Kysely's own", async () => {
    const app = await startApp();
    const result = app.db.transaction().execute(async (trx) => {
      await trx.insertInto("note").values({ body: "Lost" }).execute();
      await rejectionOf(
        trx
          .selectFrom("nowhere" as "note")
          .selectAll()
          .execute(),
      );
    });
    expect(String(await rejectionOf(result))).toMatch(/transaction is over/);
    expect(await app.notes()).toEqual([]);
  });

  test("the connection is as good as new", async () => {
    const app = await startApp({ max: 1 });
    const failed = app.transaction(async ({ db }) => {
      await rejectionOf(
        db
          .selectFrom("nowhere" as "note")
          .selectAll()
          .execute(),
      );
    });
    await rejectionOf(failed);
    await app.transaction(async ({ db }) => {
      await db.insertInto("note").values({ body: "Kept" }).execute();
    });
    expect(await app.notes()).toEqual(["Kept"]);
    expect(app.pool.totalCount).toBe(1);
  });
});

test("a connection goes on after a commit that was refused on it", async () => {
  const app = await startApp({ max: 1 });
  const backends = await app.db.connection().execute(async (connection) => {
    const backend = async () => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(
        connection,
      );
      return rows[0]?.pid;
    };
    const before = await backend();
    const failed = connection.transaction().execute(async (trx) => {
      await rejectionOf(sql`select * from nowhere`.execute(trx));
    });
    expect(await rejectionOf(failed)).toBeInstanceOf(TransactionOverError);
    return [before, await backend()];
  });
  expect(backends[1]).toBe(backends[0]);
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(app.db);
  expect(rows[0]?.pid).toBe(backends[0]);
});

describe("a connection that the server ends", () => {
  /** Ends all connections to the database but this one. */
  const endAll = async ({ pool }: App) => {
    const client = new pg.Client(String(pool.options.connectionString));
    await client.connect();
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    );
    await client.end();
  };

  const warnings = () => {
    const heard: string[] = [];
    const listener = (warning: Error) => heard.push(warning.message);
    process.on("warning", listener);
    onTestFinished(() => void process.off("warning", listener));
    return heard;
  };

  /** Resolves once the pool has noticed that all of its connections, which are idle, are gone. */
  const endAllAndNotice = async (app: App) => {
    let left = app.pool.totalCount;
    const noticed = new Promise<void>((resolve) => {
      app.pool.on("remove", () => {
        left -= 1;
        if (left === 0) resolve();
      });
    });
    await endAll(app);
    await noticed;
  };

  test("while it is idle: the process lives and is told, the next call works", async () => {
    const heard = warnings();
    const app = await startApp();
    await signUp(app, "ada");
    await endAllAndNotice(app);
    expect(await app.auth.useKey("email", "ada", "password of ada")).toMatchObject({
      primary: true,
    });
    expect(heard.join()).toMatch(/idle connection to PostgreSQL was lost/);
  });

  test("while it is idle: it is told once, however many factories share the pool", async () => {
    const heard = warnings();
    const app = await startApp({ max: 1 });
    kyselyLucia({ ...options, pool: app.pool });
    await endAllAndNotice(app);
    await nextTurn();
    expect(heard).toHaveLength(1);
  });

  test("while it is idle: an app that listens is left to do so alone", async () => {
    const heard = warnings();
    const app = await startApp();
    const errors: Error[] = [];
    app.pool.on("error", (error) => errors.push(error));
    await endAllAndNotice(app);
    expect(errors.length).toBeGreaterThan(0);
    expect(heard).toEqual([]);
  });

  test("as soon as it is there: the call that it was made for fails, the process lives", async () => {
    const uncaught: unknown[] = [];
    const listener = (error: unknown) => void uncaught.push(error);
    process.on("uncaughtException", listener);
    onTestFinished(() => void process.off("uncaughtException", listener));
    const app = await startApp();
    const { userId } = await signUp(app, "ada");
    const { connectionString } = app.pool.options;
    const stream = () => new ReadyWithTheNext();
    const pool = new pg.Pool({ max: 1, connectionString, stream });
    const { auth, close } = kyselyLucia({ ...options, pool });
    onTestFinished(close);
    const call = rejectionOf(auth.getUser(userId));
    const user = "from pg_stat_activity where datname = current_database() and query = ''";
    while ((await app.pool.query(`select ${user}`)).rowCount === 0);
    await app.pool.query(`select pg_terminate_backend(pid) ${user}`);
    expect(String(await call)).toMatch(/connection|terminat/i);
    expect(uncaught).toEqual([]);
  });

  test("in a transaction between two queries: it fails, the process lives", async () => {
    const app = await startApp({ max: 1 });
    const lost = new Promise((resolve) => {
      app.pool.once("acquire", (client) => client.once("error", resolve));
    });
    const failed = app.transaction(async ({ db }) => {
      await db.insertInto("note").values({ body: "Lost" }).execute();
      await endAll(app);
      await lost;
      await db.insertInto("note").values({ body: "Lost" }).execute();
    });
    expect(String(await rejectionOf(failed))).toMatch(/connection|terminat/i);
    await app.transaction(async ({ db }) => {
      await db.insertInto("note").values({ body: "Kept" }).execute();
    });
    expect(await app.notes()).toEqual(["Kept"]);
  });

  test("the error that made a transaction fail is reported, not that it could not roll back", async () => {
    const app = await startApp({ max: 1 });
    const failed = app.transaction(async () => {
      await endAll(app);
      throw new Error("The app's own");
    });
    expect(String(await rejectionOf(failed))).toBe("Error: The app's own");
  });
});

describe("a query that the driver gives up without an answer", () => {
  // The driver stops waiting, and the server goes on.
  const slow = sql`select pg_sleep(1.5)`;

  test("outside of a transaction: its connection is not used again", async () => {
    const app = await startApp({ max: 1, query_timeout: 500 });
    const seen = new Set<unknown>();
    app.pool.on("acquire", (client) => seen.add(client));
    expect(String(await rejectionOf(slow.execute(app.db)))).toMatch(/timeout/);
    await signUp(app, "ada");
    expect(await app.auth.useKey("email", "ada", "password of ada")).toMatchObject({
      primary: true,
    });
    expect(seen.size).toBe(2);
  });

  test("in a transaction: nothing of it is committed, whatever the app does then", async () => {
    const app = await startApp({ max: 1, query_timeout: 500 });
    const result = app.transaction(async ({ db }) => {
      await db.insertInto("note").values({ body: "Lost" }).execute();
      await rejectionOf(slow.execute(db));
      await rejectionOf(db.insertInto("note").values({ body: "Lost" }).execute());
    });
    expect(await rejectionOf(result)).toBeInstanceOf(TransactionOverError);
    expect(await app.notes()).toEqual([]);
  });
});

test("a transaction that a query of its own ends lets nothing through", async () => {
  const app = await startApp();
  const result = app.transaction(async ({ db, auth }) => {
    await sql`/* in disguise */ end`.execute(db);
    await auth.createUser({ primaryKey: null, attributes: { username: "ada" } });
  });
  expect(await rejectionOf(result)).toBeInstanceOf(TransactionOverError);
  expect(await app.db.selectFrom("auth_user").selectAll().execute()).toEqual([]);
});

describe("a connection that is given back", () => {
  test("in the middle of a transaction is closed, and the transaction with it", async () => {
    const app = await startApp({ max: 1 });
    await app.db.connection().execute(async (connection) => {
      await sql`begin`.execute(connection);
      await connection.insertInto("note").values({ body: "Lost" }).execute();
    });
    await app.db.insertInto("note").values({ body: "Kept" }).execute();
    const outside = new pg.Client(String(app.pool.options.connectionString));
    await outside.connect();
    expect((await outside.query("select body from note")).rows).toEqual([{ body: "Kept" }]);
    await outside.end();
  });

  test("keeps nothing of ours", async () => {
    const app = await startApp({ max: 1 });
    const listeners = new Set<number>();
    app.pool.on("release", (_error, client) => listeners.add(client.listenerCount("error")));
    for (let round = 0; round < 20; round += 1) await app.notes();
    expect(listeners.size).toBe(1);
  });
});

describe("round trips", () => {
  const counting = async () => {
    let sent: string[] = [];
    class Counted extends pg.Client {
      // biome-ignore lint/suspicious/noExplicitAny: it has a dozen forms
      override query(...args: any[]): any {
        sent.push(String(args[0]));
        return Reflect.apply(super.query, this, args);
      }
    }
    const app = await startApp({ max: 1, Client: Counted } as pg.PoolConfig);
    const user = await signUp(app, "ada");
    const count = async (call: (auth: App["auth"]) => Promise<unknown>, auth = app.auth) => {
      sent = [];
      await call(auth);
      return sent.length;
    };
    return { ...app, user, count };
  };

  let keys = 0;
  const newKey = () => {
    keys += 1;
    return {
      type: "persistent",
      providerId: "github",
      providerUserId: String(keys),
      password: null,
    } as const;
  };
  const takenKey = { ...newKey(), providerId: "email", providerUserId: "ada" };

  type Call = (auth: App["auth"], userId: string, sessionId: string) => Promise<unknown>;

  // In a transaction, what writes is held by a savepoint: an index of the app's own may refuse it.
  test.each<[name: string, alone: number, inside: number, call: Call]>([
    ["createKey", 1, 3, (auth, userId) => auth.createKey(userId, newKey())],
    ["createKey for nobody", 1, 3, (auth) => rejectionOf(auth.createKey("nobody", newKey()))],
    ["a taken key", 1, 3, (auth, userId) => rejectionOf(auth.createKey(userId, takenKey))],
    ["updateKeyPassword", 1, 3, (auth) => auth.updateKeyPassword("email", "ada", null)],
    ["getUser", 1, 1, (auth, userId) => auth.getUser(userId)],
    ["validateSessionUser", 1, 1, (auth, _, sessionId) => auth.validateSessionUser(sessionId)],
    // The id may be stored plain or hashed.
    ["no session", 2, 2, (auth) => rejectionOf(auth.validateSessionUser("x".repeat(40)))],
  ])("%s: %i, in a transaction %i", async (_, alone, inside, call) => {
    const { auth, transaction, user, count } = await counting();
    const { sessionId } = await auth.createSession(user.userId);
    expect(await count((auth) => call(auth, user.userId, sessionId))).toBe(alone);
    await transaction(async ({ auth }) => {
      expect(await count((given) => call(given, user.userId, sessionId), auth)).toBe(inside);
    });
  });

  test("one for createUser with a key, and none that is left over where the key is taken", async () => {
    const { db, count } = await counting();
    const primaryKey = newKey();
    const bob = { primaryKey, attributes: { username: "bob" } };
    expect(await count((auth) => auth.createUser(bob))).toBe(1);
    const taken = { primaryKey, attributes: { username: "eve" } };
    expect(await count((auth) => rejectionOf(auth.createUser(taken)))).toBe(1);
    const users = await db.selectFrom("auth_user").select("username").orderBy("username").execute();
    expect(users).toEqual([{ username: "ada" }, { username: "bob" }]);
  });

  test("one to write a session", async () => {
    const { db, user, count } = await counting();
    // It also deletes those of the user's sessions that are over.
    expect(await count((auth) => auth.createSession(user.userId))).toBe(1);
    expect(await db.selectFrom("auth_session").select("id").execute()).toHaveLength(1);
  });
});

import { rejectionOf } from "@kysely-lucia/conformance";
import { type Kysely, type RawBuilder, sql } from "kysely";
import { createConnection, type RowDataPacket } from "mysql2/promise";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Database, signUp, startApp } from "./support/app.js";

type App = Awaited<ReturnType<typeof startApp>>;

/** What leaves a transaction open, or the connection without `autocommit`, on the only connection of a pool. */
interface Left {
  readonly procedure?: string;
  readonly multipleStatements?: true;
  readonly by: (db: Kysely<Database>) => Promise<unknown>;
}

const call = (db: Kysely<Database>) => rejectionOf(sql`call p()`.execute(db));

const readStream = (db: Kysely<Database>, statement: RawBuilder<unknown>) =>
  db.connection().execute(async (connection) => {
    const executor = connection.getExecutor();
    for await (const _ of executor.stream(statement.compile(db), 1));
  });

const fails = "signal sqlstate '45000' set message_text = 'no'";

const lefts: Record<string, Left> = {
  "a procedure that begins, and fails": {
    procedure: `start transaction; insert into note values ('half'); ${fails}; commit;`,
    by: call,
  },
  "a procedure that switches autocommit off, and fails": {
    procedure: `set autocommit = 0; ${fails};`,
    by: call,
  },
  "a streamed procedure that begins": {
    procedure: "start transaction; select 1;",
    by: (db) => readStream(db, sql`call p()`),
  },
  "streamed statements of which the last one reads": {
    multipleStatements: true,
    by: (db) => readStream(db, sql.raw("begin; insert into note values ('half'); select 1")),
  },
  "statements of which the last one reads": {
    multipleStatements: true,
    by: (db) => sql.raw("begin; insert into note values ('half'); select 1").execute(db),
  },
  "statements of which the last one fails": {
    multipleStatements: true,
    by: (db) =>
      rejectionOf(sql.raw("begin; insert into note values ('half'); select * from n").execute(db)),
  },
};

async function appWith({ procedure, multipleStatements }: Left): Promise<App> {
  const app = await startApp({
    connectionLimit: 1,
    ...(multipleStatements && { multipleStatements }),
  });
  if (procedure) {
    const beside = await createConnection(app.url);
    await beside.query(`create procedure p() begin ${procedure} end`);
    await beside.end();
  }
  return app;
}

describe.each(Object.entries(lefts))("after %s", (_what, left) => {
  test("what auth has done stays", async () => {
    const app = await appWith(left);
    const { userId } = await signUp(app, "ada");
    const { sessionId } = await app.auth.createSession(userId);
    await left.by(app.db);
    await app.auth.invalidateSession(sessionId);
    await expect(app.auth.validateSession(sessionId)).rejects.toThrow("AUTH_INVALID_SESSION_ID");
  });

  test("what the app has written stays", async () => {
    const app = await appWith(left);
    await left.by(app.db);
    await app.db.insertInto("note").values({ body: "mine" }).execute();
    const beside = await createConnection(app.url);
    onTestFinished(() => beside.end());
    const [notes] = await beside.query<RowDataPacket[]>("select body from note");
    expect(notes).toEqual([{ body: "mine" }]);
  });
});

test.each(["select 1", "select * from nowhere"])(
  "a mode in which values could become SQL is seen before %s",
  async (last) => {
    const app = await startApp({ connectionLimit: 1, multipleStatements: true });
    await signUp(app, "ada");
    const both = sql.raw(`set session sql_mode = 'NO_BACKSLASH_ESCAPES'; ${last}`);
    await both.execute(app.db).catch(() => {});
    const named = app.db.selectFrom("auth_user").selectAll().where("username", "=", "' or 1=1 -- ");
    expect(await named.execute()).toEqual([]);
  },
);

test("a transaction that a query of several statements has ended is over", async () => {
  const app = await startApp({ connectionLimit: 1, multipleStatements: true });
  const ended = app.transaction(async ({ db }) => {
    await sql.raw("do 0; commit; select 1").execute(db);
    await db.insertInto("note").values({ body: "outside" }).execute();
  });
  await expect(ended).rejects.toThrow(/a query of its own has ended it/);
  expect(await app.db.selectFrom("note").selectAll().execute()).toEqual([]);
});

describe.each([
  ["in the middle of its transaction", ["begin", "insert into note values ('half')"]],
  ["without `autocommit`", ["set autocommit = 0"]],
  [
    "without `autocommit`, and in the middle of its transaction",
    ["set autocommit = 0", "insert into note values ('half')"],
  ],
])("on a connection that other code has given back %s", (_where, statements) => {
  async function startLeaking() {
    const app = await startApp({ connectionLimit: 1 });
    const { userId } = await signUp(app, "ada");
    const leak = async () => {
      const connection = await app.pool.promise().getConnection();
      for (const statement of statements) await connection.query(statement);
      connection.release();
    };
    return { ...app, userId, leak };
  }

  test("a write is refused, as it would be undone with the rest, and the next one is stored", async () => {
    const { auth, db, userId, leak } = await startLeaking();
    const { sessionId } = await auth.createSession(userId);
    await leak();
    const signOut = auth.invalidateSession(sessionId);
    await expect(signOut).rejects.toThrow(/in a transaction that this has not begun/);
    await auth.invalidateSession(sessionId);
    await expect(auth.validateSession(sessionId)).rejects.toThrow("AUTH_INVALID_SESSION_ID");
    await leak();
    const insert = db.insertInto("note").values({ body: "mine" });
    await expect(insert.execute()).rejects.toThrow(/Nothing was stored/);
    await insert.execute();
    expect(await db.selectFrom("note").selectAll().execute()).toEqual([{ body: "mine" }]);
  });

  test.each([
    "/* route */ insert into note values ('mine')",
    "-- route\ninsert into note values ('mine')",
    "call store()",
  ])("so is %s", async (statement) => {
    const { db, leak } = await startLeaking();
    await sql`create procedure store() insert into note values ('mine')`.execute(db);
    await leak();
    const write = sql.raw(statement);
    await expect(write.execute(db)).rejects.toThrow(/Nothing was stored/);
    await write.execute(db);
    expect(await db.selectFrom("note").selectAll().execute()).toEqual([{ body: "mine" }]);
  });

  test("and a write after a query that has failed", async () => {
    const { db, leak } = await startLeaking();
    await leak();
    await db.connection().execute(async (connection) => {
      await rejectionOf(sql`select * from nowhere`.execute(connection));
      const insert = connection.insertInto("note").values({ body: "mine" });
      await expect(insert.execute()).rejects.toThrow(/Nothing was stored/);
    });
    expect(await db.selectFrom("note").selectAll().execute()).toEqual([]);
  });

  test("a transaction is committed as a whole", async () => {
    const { db, leak, transaction } = await startLeaking();
    await leak();
    await transaction(async ({ db }) => {
      await db.insertInto("note").values({ body: "mine" }).execute();
    });
    const notes = await db.selectFrom("note").selectAll().execute();
    expect(notes).toContainEqual({ body: "mine" });
  });

  test("a single-use key is used once", async () => {
    const { auth, userId, leak } = await startLeaking();
    const id = { providerId: "reset", providerUserId: "1", password: null };
    await auth.createKey(userId, { type: "single_use", expiresIn: 60, ...id });
    await leak();
    const uses: string[] = [];
    for (let use = 1; use <= 3; use++) {
      await auth.useKey("reset", "1", null).then(
        () => uses.push("used"),
        () => uses.push("refused"),
      );
    }
    expect(uses.filter((use) => use === "used")).toHaveLength(1);
  });
});

test.each(["begin", "/* mine */ start transaction", "-- mine\n set session autocommit = 0"])(
  "what is begun by %s on a connection of its own can be committed there",
  async (begin) => {
    const { db } = await startApp({ connectionLimit: 1 });
    await db.connection().execute(async (connection) => {
      await sql.raw(begin).execute(connection);
      await connection.insertInto("note").values({ body: "mine" }).execute();
      await sql`commit`.execute(connection);
    });
    expect(await db.selectFrom("note").selectAll().execute()).toEqual([{ body: "mine" }]);
  },
);

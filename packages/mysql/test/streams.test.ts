import channel from "node:diagnostics_channel";
import { once } from "node:events";
import { rejectionOf } from "@kysely-lucia/conformance";
import { type Kysely, sql } from "kysely";
import type { PoolConnection } from "mysql2";
import { createConnection } from "mysql2/promise";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Database, startApp } from "./support/app.js";

const MANY = 2000;

const withNotes = async (notes = MANY) => {
  const app = await startApp({ connectionLimit: 1 });
  const body = "x".repeat(200);
  await app.db
    .insertInto("note")
    .values(Array.from({ length: notes }, () => ({ body })))
    .execute();
  const count = async () => (await app.db.selectFrom("note").select("body").execute()).length;
  return { ...app, count };
};

const firstOf = async (db: Kysely<Database>) => {
  for await (const row of db.selectFrom("note").selectAll().stream()) return row;
  return undefined;
};

/** Reads one row, and then waits for ever. */
const stuck = async (db: Kysely<Database>) => {
  for await (const _ of db.selectFrom("note").selectAll().stream()) await new Promise(() => {});
};

/** The one connection of the pool, and a way to have the server end it, as when it stops. */
const connectionOf = async ({ db, pool, url }: Awaited<ReturnType<typeof withNotes>>) => {
  const [connection] = await Promise.all([
    new Promise<PoolConnection>((resolve) => pool.once("acquire", resolve)),
    sql`do 0`.execute(db),
  ]);
  const kill = async () => {
    const other = await createConnection(url);
    await other.query(`kill ${connection.threadId}`);
    other.destroy();
  };
  return { connection, kill };
};

/** More rows than fit between the server and a reader who has stopped. */
const endless = (db: Kysely<Database>) =>
  db.selectFrom(["note", "note as other"]).selectAll().stream();

test("a reader is told that the connection was lost, and the pool goes on", async () => {
  const app = await withNotes();
  const { kill } = await connectionOf(app);
  const read = async () => {
    let rows = 0;
    for await (const _ of endless(app.db)) {
      rows += 1;
      if (rows === 1) await kill();
    }
  };
  expect(await rejectionOf(read())).toMatchObject({ fatal: true });
  expect(await app.count()).toBe(MANY);
});

describe.each([
  ["", () => {}],
  [
    " and the app listens to the errors of connections",
    (connection: PoolConnection) => void connection.on("error", () => {}),
  ],
  [
    " and somebody traces queries",
    () => {
      const listen = () => {};
      channel.subscribe("tracing:mysql2:query:start", listen);
      onTestFinished(() => void channel.unsubscribe("tracing:mysql2:query:start", listen));
    },
  ],
])("where the connection was lost before%s", (_, prepare) => {
  test("a reader is told, and the pool goes on", async () => {
    const app = await withNotes(3);
    const { connection, kill } = await connectionOf(app);
    prepare(connection);
    const read = app.transaction(async ({ db }) => {
      await Promise.all([once(connection, "error"), kill()]);
      for await (const _ of db.selectFrom("note").selectAll().stream());
    });
    expect(await rejectionOf(read)).toMatchObject({ fatal: true });
    expect(await app.count()).toBe(3);
  });
});

test("an error of the server that comes when the reader has left is nobody's", async () => {
  const app = await withNotes();
  const { connection } = await connectionOf(app);
  const other = await createConnection(app.url);
  await app.db.connection().execute(async (db) => {
    for await (const _ of endless(db)) break;
    await other.query(`kill query ${connection.threadId}`);
    const { rows } = await sql<{ id: number }>`select connection_id() as id`.execute(db);
    expect(rows).toEqual([{ id: connection.threadId }]);
  });
  other.destroy();
});

test("a reader gets all rows where the connection is lost after they have come", async () => {
  const app = await withNotes(3);
  const { connection, kill } = await connectionOf(app);
  let rows = 0;
  for await (const _ of app.db.selectFrom("note").selectAll().stream()) {
    rows += 1;
    if (rows === 1) await Promise.all([once(connection, "error"), kill()]);
  }
  expect(rows).toBe(3);
  expect(await app.count()).toBe(3);
});

test("streams leave no listeners on their connection", async () => {
  const app = await withNotes();
  const { connection } = await connectionOf(app);
  const listeners = () => [connection.listenerCount("error"), connection.listenerCount("end")];
  const before = listeners();
  await firstOf(app.db);
  for await (const _ of app.db.selectFrom("note").selectAll().stream());
  expect(listeners()).toEqual(before);
});

test("a reader that leaves early does not hold up the queries after it", async () => {
  const { count, db, transaction } = await withNotes();
  await firstOf(db);
  expect(await count()).toBe(MANY);
  await transaction(async ({ db }) => {
    await firstOf(db);
    await db.insertInto("note").values({ body: "one more" }).execute();
  });
  expect(await count()).toBe(MANY + 1);
});

test("a transaction that fails, or is aborted, while rows are being read is rolled back", async () => {
  const { count, transaction } = await withNotes();
  const failed = transaction(async ({ db }) => {
    await db.insertInto("note").values({ body: "Lost" }).execute();
    await Promise.race([stuck(db), Promise.reject(new Error("No"))]);
  });
  expect(String(await rejectionOf(failed))).toBe("Error: No");
  expect(await count()).toBe(MANY);

  const controller = new AbortController();
  const aborted = transaction(
    async ({ db }) => {
      await db.insertInto("note").values({ body: "Lost" }).execute();
      for await (const _ of db.selectFrom("note").selectAll().stream()) {
        controller.abort(new Error("Changed my mind"));
        await new Promise(() => {});
      }
    },
    { signal: controller.signal },
  );
  expect(String(await rejectionOf(aborted))).toBe("Error: Changed my mind");
  expect(await count()).toBe(MANY);
});

test("a savepoint in which rows are being read is undone alone", async () => {
  const { count, transaction } = await withNotes();
  await transaction(async ({ db }) => {
    const failed = transaction(async ({ db }) => {
      await db.insertInto("note").values({ body: "Lost" }).execute();
      await Promise.race([stuck(db), Promise.reject(new Error("No"))]);
    });
    expect(String(await rejectionOf(failed))).toBe("Error: No");
    await db.insertInto("note").values({ body: "Kept" }).execute();
  });
  expect(await count()).toBe(MANY + 1);
});

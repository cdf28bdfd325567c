import { rejectionOf } from "@kysely-lucia/conformance";
import type { Kysely } from "kysely";
import { expect, test } from "vitest";
import { type Database, startApp } from "./support/app.js";

const MANY = 2000;

const withNotes = async () => {
  const app = await startApp({ connectionLimit: 1 });
  const body = "x".repeat(200);
  await app.db
    .insertInto("note")
    .values(Array.from({ length: MANY }, () => ({ body })))
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
    await rejectionOf(
      transaction(async ({ db }) => {
        await db.insertInto("note").values({ body: "Lost" }).execute();
        await Promise.race([stuck(db), Promise.reject(new Error("No"))]);
      }),
    );
    await db.insertInto("note").values({ body: "Kept" }).execute();
  });
  expect(await count()).toBe(MANY + 1);
});

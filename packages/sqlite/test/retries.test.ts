import SQLite from "better-sqlite3";
import { expect, onTestFinished, test, vi } from "vitest";
import { notesApp } from "./support/notes-app.js";

/** Another connection that keeps everybody else from writing. */
function lock(path: string) {
  const holder = new SQLite(path);
  onTestFinished(() => void holder.close());
  holder.exec("begin immediate");
  return { release: () => holder.exec("rollback") };
}

test("a transaction is repeated until another process gives the database free", async () => {
  const { auth, path, transaction, db } = await notesApp();
  const attributes = { username: "ada" };
  const { userId } = await auth.createUser({ primaryKey: null, attributes });
  const { release } = lock(path);
  let turns = 0;
  const waiting = setInterval(() => {
    turns += 1;
    if (turns === 3) release();
  });
  onTestFinished(() => clearInterval(waiting));
  const attempt = await transaction(
    async ({ db, attempt }) => {
      await db.insertInto("note").values({ user_id: userId, body: "Welcome" }).execute();
      return attempt;
    },
    { retries: 1000 },
  );
  expect(attempt).toBeGreaterThan(1);
  expect(await db.selectFrom("note").selectAll().execute()).toHaveLength(1);
});

test("and fails with the driver's own error where it is not repeated, or not often enough", async () => {
  const { path, transaction } = await notesApp();
  lock(path);
  for (const options of [{}, { retries: 2 }]) {
    await expect(transaction(async () => {}, options)).rejects.toMatchObject({
      code: "SQLITE_BUSY",
    });
  }
});

test("the pauses between attempts double, from 10 milliseconds at the longest", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0.999);
  onTestFinished(() => void vi.restoreAllMocks());
  const { path, transaction } = await notesApp();
  lock(path);
  const begun = performance.now();
  await expect(transaction(async () => {}, { retries: 6 })).rejects.toMatchObject({
    code: "SQLITE_BUSY",
  });
  const took = performance.now() - begun;
  // 10 + 20 + 40 + 80 + 160 + 320
  expect(took).toBeGreaterThan(600);
  expect(took).toBeLessThan(2000);
});

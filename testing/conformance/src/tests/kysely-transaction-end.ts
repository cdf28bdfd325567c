import { setImmediate as nextTurn } from "node:timers/promises";
import type { LogEvent } from "kysely";
import { describe, expect, test } from "vitest";
import type { Context } from "../context.js";
import { atOnce, gate, rejectionOf } from "../support/calls.js";
import { signUp } from "../support/fixtures.js";

/** What is still under way when a transaction ends that Kysely has begun: its line lets all through. */
export function kyselyTransactionEndTests({ start }: Context): void {
  describe("a transaction of Kysely's", () => {
    test("that fails runs none of the queries that still wait", async () => {
      const { auth, db, raw } = await start();
      const { userId } = await signUp({ auth }, "ada");
      let writes: Promise<unknown> = Promise.resolve();
      const failed = db.transaction().execute(async (trx) => {
        writes = atOnce(10, (index) =>
          trx
            .insertInto("note")
            .values({ user_id: userId, body: `${index}` })
            .execute(),
        );
        throw new Error("The work has failed");
      });
      expect(String(await rejectionOf(failed))).toBe("Error: The work has failed");
      await writes;
      expect(await raw.rows("note")).toEqual([]);
    });

    test("commits the call that has begun, and none that still waits", async () => {
      let begun = gate();
      // Each query takes a turn of the event loop, so that the COMMIT is sent between two of them.
      const log = ({ query }: LogEvent) => {
        if (/^(savepoint|insert)/.test(query.sql)) begun.open();
        return nextTurn();
      };
      const { authOn, db, raw } = await start({ kysely: { log } });
      begun = gate();
      const names = ["ada", "bob", "eve"];
      const signedUp = await db.transaction().execute(async (trx) => {
        const auth = authOn(trx);
        const results = atOnce(3, (index) => signUp({ auth }, names[index] ?? ""));
        await begun.opened;
        return { results };
      });
      const { fulfilled, errors } = await signedUp.results;
      expect(fulfilled).toMatchObject([{ username: "ada" }]);
      expect(errors).toEqual(Array(2).fill(expect.stringMatching(/has ended/)));
      expect(await raw.rows("auth_user")).toMatchObject([{ username: "ada" }]);
      expect(await raw.rows("auth_key")).toMatchObject([{ id: "email:ada" }]);
    });

    test("can be followed by another one on the same connection", async () => {
      const { authOn, db, raw } = await start();
      await db.connection().execute(async (connection) => {
        for (const name of ["ada", "bob"]) {
          await connection.transaction().execute((trx) => signUp({ auth: authOn(trx) }, name));
        }
      });
      expect(await raw.rows("auth_user")).toHaveLength(2);
    });
  });

  test("savepoints of Kysely's own are set, rolled back to and released", async () => {
    const { auth, db, raw } = await start();
    const { userId } = await signUp({ auth }, "ada");
    const trx = await db.startTransaction().execute();
    const write = (body: string) =>
      trx.insertInto("note").values({ user_id: userId, body }).execute();
    await write("kept");
    const inside = await trx.savepoint("one").execute();
    await write("lost");
    await inside.rollbackToSavepoint("one").execute();
    await write("kept, too");
    await inside.releaseSavepoint("one").execute();
    const gone = inside.rollbackToSavepoint("one").execute();
    expect(String(await rejectionOf(gone))).toMatch(/savepoint/i);
    await trx.rollback().execute();
    expect(await raw.rows("note")).toEqual([]);

    const another = await db.startTransaction().execute();
    const within = await another.savepoint("two").execute();
    await within.insertInto("note").values({ user_id: userId, body: "lost" }).execute();
    await within.rollbackToSavepoint("two").execute();
    await another.insertInto("note").values({ user_id: userId, body: "kept" }).execute();
    await another.commit().execute();
    expect(await raw.rows("note")).toMatchObject([{ body: "kept" }]);
  });
}

import { setImmediate as nextTurn } from "node:timers/promises";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import type { Context } from "../context.js";
import type { Instance } from "../database.js";
import { gate, rejectionOf, ticks } from "../support/calls.js";
import { rowOf, signUp } from "../support/fixtures.js";

/** Calls that are still under way when the work of their transaction is over. */
export function transactionEndTests({ start }: Context): void {
  describe("a transaction whose work fails beside a sign-up", () => {
    test.each([0, 1, 2, 3, 5, 8, 13, 21, 34])(
      "writes nothing of it, %i ticks after",
      async (late) => {
        const { auth, transaction, raw } = await start();
        const ada = await signUp({ auth }, "ada");
        const failed = transaction(({ auth }) =>
          Promise.all([
            Promise.reject(new Error("No invitation")),
            ticks(late).then(() => signUp({ auth }, "bob")),
          ]),
        );
        expect(String(await rejectionOf(failed))).toBe("Error: No invitation");

        const session = await auth.createSession(ada.userId);
        expect(await transactionWorks(transaction)).toBe("works");
        expect(await raw.rows("auth_user")).toHaveLength(1);
        expect(await raw.rows("auth_key")).toHaveLength(1);
        expect(await raw.rows("auth_session")).toEqual([rowOf(session)]);
      },
    );

    test("keeps what a deletion that was under way has deleted", async () => {
      const { auth, transaction, raw } = await start();
      const { userId } = await signUp({ auth }, "ada");
      await auth.createSession(userId);
      const failed = transaction(({ auth }) =>
        Promise.all([auth.deleteUser(userId), ticks(3).then(() => Promise.reject("No"))]),
      );
      expect(await rejectionOf(failed)).toBe("No");
      expect(await raw.rows("auth_key")).toHaveLength(1);
      expect(await raw.rows("auth_session")).toHaveLength(1);
    });
  });

  describe("a sign-up that a transaction does not wait for", () => {
    test.each([0, 1, 2, 3, 4, 5, 6, 7, 8])(
      "is written as a whole or not at all, where the work ends %i turns later",
      async (turns) => {
        // Each statement takes a turn of the event loop, so that the work ends between two of them.
        const { auth, transaction, raw } = await start({ kysely: { log: () => nextTurn() } });
        let signedUp: Promise<unknown> = Promise.resolve();
        await transaction(async ({ auth }) => {
          signedUp = signUp({ auth }, "bob").catch(() => {});
          for (let turn = 0; turn < turns; turn += 1) await nextTurn();
        });
        await signedUp;
        const users = await raw.rows("auth_user");
        const keys = await raw.rows("auth_key");
        expect(keys.map((key) => key["user_id"])).toEqual(users.map((user) => user["id"]));
        expect(await transactionWorks(transaction)).toBe("works");
        await signUp({ auth }, "ada");
      },
    );
  });

  describe("a query that would end its transaction, or begin another one", () => {
    test.each(["commit", "COMMIT", "  rollback;", "end", "abort", "begin", "start \n transaction"])(
      "is not run: %j",
      async (text) => {
        const { db, transaction, raw } = await start();
        for (const run of [transaction, inKyselys(db)]) {
          const failed = run(async ({ db }) => {
            await db.insertInto("auth_user").values({ id: "1", username: "ada" }).execute();
            const error = await rejectionOf(sql.raw(text).execute(db));
            expect(String(error)).toMatch(/was not run.*committed when its work returns/);
            throw new Error("The work has failed");
          });
          expect(String(await rejectionOf(failed))).toBe("Error: The work has failed");
          expect(await raw.rows("auth_user")).toEqual([]);
        }
      },
    );
  });

  test("a query of a transaction may have the words in it that would end it, further on", async () => {
    const { transaction } = await start();
    const { rows } = await transaction(({ db }) =>
      sql`select case when 1 = 1 then 'commit' end as said`.execute(db),
    );
    expect(rows).toEqual([{ said: "commit" }]);
  });

  describe("close, inside a transaction", () => {
    test("is refused, and the transaction goes on", async () => {
      const { auth, close, transaction, raw } = await start();
      await transaction(async ({ auth }) => {
        expect(String(await rejectionOf(close()))).toMatch(/used inside a transaction/);
        await signUp({ auth }, "ada");
      });
      expect(await raw.rows("auth_user")).toHaveLength(1);
      await auth.createSession((await auth.getKey("email", "ada")).userId);
      await close();
    });
  });

  describe("a query that is sent after its transaction", () => {
    test("is refused", async () => {
      const { transaction, raw } = await start();
      const over = gate();
      const late = await transaction(async ({ auth }) => ({
        session: over.opened.then(() => signUp({ auth }, "bob")),
      }));
      over.open();
      expect(String(await rejectionOf(late.session))).toMatch(/already|ended|over/);
      expect(await raw.rows("auth_user")).toEqual([]);
    });

    test("lets the connection that it was on be used further, in db.connection()", async () => {
      const { auth, db, raw } = await start();
      const { userId } = await signUp({ auth }, "ada");
      await db.connection().execute(async (connection) => {
        const write = (trx: typeof connection, body: string) =>
          trx.insertInto("note").values({ user_id: userId, body }).execute();
        await connection.transaction().execute((trx) => write(trx, "1"));
        await write(connection, "2");
        const failed = connection.transaction().execute(async (trx) => {
          await write(trx, "Lost");
          throw new Error("The work has failed");
        });
        expect(String(await rejectionOf(failed))).toBe("Error: The work has failed");
        await connection.transaction().execute((trx) => write(trx, "3"));
      });
      expect((await raw.rows("note")).map((row) => row["body"])).toEqual(["1", "2", "3"]);
    });
  });
}

const inKyselys = (db: Instance["db"]) => (work: (scope: Pick<Instance, "db">) => Promise<never>) =>
  db.transaction().execute((trx) => work({ db: trx }));

async function transactionWorks(
  transaction: (work: () => Promise<string>) => Promise<string>,
): Promise<string> {
  return transaction(async () => "works");
}

import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Context } from "../context.js";
import { rejectionOf } from "../support/calls.js";
import { signUp, withNotes } from "../support/fixtures.js";

/** Transactions that are called in a transaction, as functions that call each other do. */
export function nestedTransactionsTests({ start }: Context): void {
  const prepared = () => withNotes(start);

  describe("a transaction inside of a transaction", () => {
    test("is committed with it, and passes its result through", async () => {
      const { transaction, raw, write, notes } = await prepared();
      const bob = await transaction(async ({ db }) => {
        await write(db, "1");
        const user = await transaction(async ({ db, auth }) => {
          await write(db, "2");
          return signUp({ auth }, "bob");
        });
        await write(db, "3");
        expect(await raw.rows("auth_user")).toHaveLength(1);
        return user;
      });
      expect(await notes()).toEqual(["1", "2", "3"]);
      expect(await raw.rows("auth_user")).toContainEqual(
        expect.objectContaining({ id: bob.userId, username: "bob" }),
      );
    });

    test("is undone alone where it throws and the error is caught", async () => {
      const { auth: outer, transaction, raw, userId, write, notes } = await prepared();
      const failure = new Error("The inner work has failed");
      await transaction(async ({ db, auth }) => {
        await write(db, "1");
        const error = await rejectionOf(
          transaction(async ({ db, auth }) => {
            await write(db, "Lost");
            await signUp({ auth }, "bob");
            await auth.createSession(userId);
            await auth.updateKeyPassword("email", "ada", "lost");
            throw failure;
          }),
        );
        expect(error).toBe(failure);
        await write(db, "2");
        await signUp({ auth }, "eve");
      });
      expect(await notes()).toEqual(["1", "2"]);
      expect((await raw.rows("auth_user")).map((row) => row["username"]).sort()).toEqual([
        "ada",
        "eve",
      ]);
      expect(await raw.rows("auth_session")).toEqual([]);
      await outer.useKey("email", "ada", "password of ada");
    });

    test("is undone with the one around", async () => {
      const { transaction, raw, write, notes } = await prepared();
      const failed = transaction(async () => {
        await transaction(async ({ db, auth }) => {
          await write(db, "Lost");
          await signUp({ auth }, "bob");
        });
        throw new Error("The outer work has failed");
      });
      expect(String(await rejectionOf(failed))).toBe("Error: The outer work has failed");
      expect(await notes()).toEqual([]);
      expect(await raw.rows("auth_user")).toHaveLength(1);
    });

    test("can be called in one that is itself inside of one", async () => {
      const { transaction, write, notes } = await prepared();
      await transaction(async ({ db }) => {
        await transaction(async ({ db }) => {
          await write(db, "1");
          const failed = transaction(async ({ db }) => {
            await write(db, "Lost");
            await transaction(({ db }) => write(db, "Lost too"));
            throw new Error("The innermost work has failed");
          });
          expect(String(await rejectionOf(failed))).toBe("Error: The innermost work has failed");
          await write(db, "2");
        });
        await write(db, "3");
      });
      expect(await notes()).toEqual(["1", "2", "3"]);
    });

    test("runs beside others, one after another, each whole or undone", async () => {
      const { transaction, write, notes } = await prepared();
      await transaction(async ({ db }) => {
        const nested = (body: string, fails: boolean) =>
          transaction(async ({ db }) => {
            await write(db, `${body} begun`);
            await nextTurn();
            await write(db, `${body} done`);
            if (fails) throw new Error("The inner work has failed");
          });
        await Promise.allSettled([
          nested("1", false),
          nested("2", true),
          write(db, "beside"),
          nested("3", false),
          nested("4", true),
        ]);
      });
      expect((await notes()).sort()).toEqual(["1 begun", "1 done", "3 begun", "3 done", "beside"]);
    });

    test("takes in what is called in it by way of the one around, and undoes it as well", async () => {
      const { transaction, raw, write, notes } = await prepared();
      await transaction(async (around) => {
        const failed = transaction(async () => {
          await write(around.db, "Lost");
          await signUp(around, "bob");
          throw new Error("The inner work has failed");
        });
        expect(String(await rejectionOf(failed))).toBe("Error: The inner work has failed");
        await write(around.db, "Kept");
      });
      expect(await notes()).toEqual(["Kept"]);
      expect(await raw.rows("auth_user")).toHaveLength(1);
    });

    test("refuses another isolation level, and takes the same", async () => {
      const { transaction, write, notes } = await prepared();
      await transaction(
        async () => {
          const other = transaction(({ db }) => write(db, "Lost"), {
            isolationLevel: "repeatable read",
          });
          expect(String(await rejectionOf(other))).toMatch(
            /ConfigurationError.*"repeatable read".*inside of one with "serializable"/,
          );
          await transaction(({ db }) => write(db, "1"), { isolationLevel: "serializable" });
        },
        { isolationLevel: "serializable" },
      );
      const other = transaction(() =>
        transaction(({ db }) => write(db, "Lost"), { isolationLevel: "serializable" }),
      );
      expect(String(await rejectionOf(other))).toMatch(/the database's own/);
      expect(await notes()).toEqual(["1"]);
    });

    test("is not begun by the `db` of the one around", async () => {
      const { transaction, write, notes } = await prepared();
      await transaction(async ({ db }) => {
        const started = rejectionOf(db.startTransaction().execute());
        expect(String(await started)).toMatch(
          /ConfigurationError.*Call `transaction` inside of it/,
        );
        await write(db, "1");
      });
      expect(await notes()).toEqual(["1"]);
    });

    test("is refused in one that Kysely has begun", async () => {
      const { db, transaction } = await prepared();
      const error = await rejectionOf(
        db.transaction().execute(() => transaction(async () => "never")),
      );
      expect(String(error)).toMatch(/ConfigurationError.*take `authOn\(trx\)`/);
    });
  });
}

import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Context, Started } from "../context.js";
import { gate, rejectionOf } from "../support/calls.js";
import { signUp } from "../support/fixtures.js";

const ticks = async (count: number) => {
  for (let tick = 0; tick < count; tick += 1) await null;
};

/** Transactions that are called in a transaction, as functions that call each other do. */
export function nestedTransactionsTests({ start }: Context): void {
  const prepared = async () => {
    const started = await start();
    const { userId } = await signUp(started, "ada");
    const write = (db: Pick<Started["db"], "insertInto">, body: string) =>
      db.insertInto("note").values({ user_id: userId, body }).execute();
    const notes = async () => (await started.raw.rows("note")).map((row) => row["body"]);
    return { ...started, userId, write, notes };
  };

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
      await rejectionOf(
        transaction(async () => {
          await transaction(async ({ db, auth }) => {
            await write(db, "Lost");
            await signUp({ auth }, "bob");
          });
          throw new Error("The outer work has failed");
        }),
      );
      expect(await notes()).toEqual([]);
      expect(await raw.rows("auth_user")).toHaveLength(1);
    });

    test("can be called in one that is itself inside of one", async () => {
      const { transaction, write, notes } = await prepared();
      await transaction(async ({ db }) => {
        await transaction(async ({ db }) => {
          await write(db, "1");
          await rejectionOf(
            transaction(async ({ db }) => {
              await write(db, "Lost");
              await transaction(({ db }) => write(db, "Lost too"));
              throw new Error("The innermost work has failed");
            }),
          );
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
        await rejectionOf(
          transaction(async () => {
            await write(around.db, "Lost");
            await signUp(around, "bob");
            throw new Error("The inner work has failed");
          }),
        );
        await write(around.db, "Kept");
      });
      expect(await notes()).toEqual(["Kept"]);
      expect(await raw.rows("auth_user")).toHaveLength(1);
    });

    test("is waited for by the one around, also where that forgets to", async () => {
      const { transaction, write, notes } = await prepared();
      const begun = gate();
      const over = gate();
      let inner: Promise<unknown> = Promise.resolve();
      const outer = transaction(async () => {
        inner = transaction(async ({ db }) => {
          await write(db, "1");
          begun.open();
          await over.opened;
          await write(db, "2");
        });
        await begun.opened;
      });
      await begun.opened;
      await nextTurn();
      over.open();
      await outer;
      await inner;
      expect(await notes()).toEqual(["1", "2"]);
    });

    test("that fails takes along what is still at work inside of it", async () => {
      const { transaction, write, notes } = await prepared();
      const written = gate();
      const over = gate();
      await transaction(async ({ db }) => {
        await write(db, "1");
        let inner: Promise<unknown> = Promise.resolve();
        const nested = transaction(async () => {
          inner = transaction(async ({ db }) => {
            await write(db, "Lost");
            written.open();
            await over.opened;
            await write(db, "Late");
          });
          await Promise.all([
            inner,
            written.opened.then(() => Promise.reject(new Error("The inner work has failed"))),
          ]);
        });
        expect(String(await rejectionOf(nested))).toBe("Error: The inner work has failed");
        over.open();
        expect(String(await rejectionOf(inner))).toMatch(/has ended/);
        await write(db, "2");
      });
      expect(await notes()).toEqual(["1", "2"]);
    });

    test("that is aborted does so, too", async () => {
      const { transaction, write, notes } = await prepared();
      const controller = new AbortController();
      const over = gate();
      await transaction(async ({ db }) => {
        const nested = transaction(
          () =>
            transaction(async ({ db }) => {
              await write(db, "Lost");
              controller.abort(new Error("Changed my mind"));
              await over.opened;
              await write(db, "Late");
            }),
          { signal: controller.signal },
        );
        expect(String(await rejectionOf(nested))).toBe("Error: Changed my mind");
        over.open();
        await write(db, "1");
      });
      expect(await notes()).toEqual(["1"]);
    });

    test.each([0, 1, 2, 3, 5, 8, 13, 21])(
      "that fails beside a sign-up leaves nothing of that, %i ticks after",
      async (late) => {
        const { transaction, raw, write, notes } = await prepared();
        await transaction(async ({ db }) => {
          const nested = transaction(({ auth }) =>
            Promise.all([
              signUp({ auth }, "bob"),
              ticks(late).then(() => Promise.reject(new Error("No invitation"))),
            ]),
          );
          await rejectionOf(nested);
          await write(db, "1");
        });
        expect(await notes()).toEqual(["1"]);
        expect(await raw.rows("auth_user")).toHaveLength(1);
        expect(await raw.rows("auth_key")).toHaveLength(1);
      },
    );

    test.each([0, 1, 2, 3, 5, 8])(
      "that succeeds has a sign-up that it has not awaited whole or not at all, %i turns after",
      async (turns) => {
        const { transaction, raw, write, notes } = await prepared();
        await transaction(async ({ db }) => {
          let signedUp: Promise<unknown> = Promise.resolve();
          await transaction(async ({ auth }) => {
            signedUp = signUp({ auth }, "bob").catch(() => {});
            for (let turn = 0; turn < turns; turn += 1) await nextTurn();
          });
          await signedUp;
          await write(db, "1");
        });
        const users = (await raw.rows("auth_user")).map((row) => row["id"]);
        const owners = (await raw.rows("auth_key")).map((row) => row["user_id"]);
        expect(owners.sort()).toEqual(users.sort());
        expect(await notes()).toEqual(["1"]);
      },
    );

    test("that waits for its turn can be given up", async () => {
      const { transaction, write, notes } = await prepared();
      const controller = new AbortController();
      const over = gate();
      await transaction(async ({ db }) => {
        const first = transaction(() => over.opened);
        const second = transaction(({ db }) => write(db, "Lost"), { signal: controller.signal });
        controller.abort(new Error("Changed my mind"));
        expect(String(await rejectionOf(second))).toBe("Error: Changed my mind");
        over.open();
        await first;
        await write(db, "1");
      });
      expect(await notes()).toEqual(["1"]);
    });

    test("that was not awaited and never ends can be given up by the one around", async () => {
      const { transaction, write, notes, userId } = await prepared();
      const controller = new AbortController();
      const begun = gate();
      let inner: Promise<unknown> = Promise.resolve();
      const outer = transaction(
        async () => {
          inner = rejectionOf(
            transaction(async ({ db }) => {
              await write(db, "Lost");
              begun.open();
              await new Promise(() => {});
            }),
          );
          await begun.opened;
        },
        { signal: controller.signal },
      );
      await begun.opened;
      await nextTurn();
      controller.abort(new Error("Changed my mind"));
      expect(String(await rejectionOf(outer))).toBe("Error: Changed my mind");
      expect(String(await inner)).toMatch(/has ended/);
      expect(await notes()).toEqual([]);
      await transaction(({ auth }) => auth.createSession(userId));
    });

    test("lets nothing pass after it", async () => {
      const { transaction, write, notes } = await prepared();
      const over = gate();
      await transaction(async ({ db }) => {
        const { late } = await transaction(async ({ db }) => ({
          late: over.opened.then(() => write(db, "Late")),
        }));
        over.open();
        expect(String(await rejectionOf(late))).toMatch(/has ended/);
        await write(db, "1");
      });
      expect(await notes()).toEqual(["1"]);
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

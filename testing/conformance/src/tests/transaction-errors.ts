import { describe, expect, test } from "vitest";
import type { Context } from "../context.js";
import { atOnce, rejectionOf } from "../support/calls.js";
import { failures, key, SESSION_ID, tomorrow } from "../support/failing-calls.js";
import { signUp } from "../support/fixtures.js";

/** Errors of auth calls that an app catches inside a transaction. */
export function transactionErrorsTests({ harness, start }: Context): void {
  /** What an error is called in {@link failures}. */
  const named = (error: unknown) =>
    harness.violation(error) ?? String(error).replace(/^Error: /, "");

  const prepared = async () => {
    let users = 0;
    const generateCustomUserId = () => {
      users += 1;
      return `user-${users}`;
    };
    const { auth, transaction, raw } = await start({ lucia: { generateCustomUserId } });
    await signUp({ auth }, "ada");
    await signUp({ auth }, "bob");
    await raw.run(
      `insert into auth_session (id, user_id, active_expires, idle_expires) ` +
        `values ('${SESSION_ID}', 'user-1', ${tomorrow.getTime()}, ${tomorrow.getTime()})`,
    );
    const authRows = async () => ({
      users: await raw.rows("auth_user"),
      keys: await raw.rows("auth_key"),
      sessions: await raw.rows("auth_session"),
    });
    return { transaction, raw, authRows };
  };

  describe("an error caught inside a transaction", () => {
    test.each(failures)("leaves the transaction usable: %s", async (_, error, call) => {
      const { transaction, raw, authRows } = await prepared();
      const before = await authRows();
      await transaction(async ({ db, auth }) => {
        await db.insertInto("note").values({ user_id: "user-1", body: "Before" }).execute();
        expect(named(await rejectionOf(call(auth)))).toBe(error);
        await db.insertInto("note").values({ user_id: "user-1", body: "After" }).execute();
      });
      expect(await authRows()).toEqual(before);
      expect(await raw.rows("note")).toMatchObject([{ body: "After" }, { body: "Before" }]);
    });

    test.each(failures)(
      "does not roll back a query sent at the same time: %s",
      async (_, expected, call) => {
        const { transaction, raw, authRows } = await prepared();
        const before = await authRows();
        await transaction(async ({ db, auth }) => {
          const write = (body: string) =>
            db.insertInto("note").values({ user_id: "user-1", body }).execute();
          const [, error] = await Promise.all([
            write("1"),
            rejectionOf(call(auth)),
            write("2"),
            Promise.resolve().then(() => write("3")),
          ]);
          expect(named(error)).toBe(expected);
        });
        expect(await authRows()).toEqual(before);
        expect(await raw.rows("note")).toMatchObject([{ body: "1" }, { body: "2" }, { body: "3" }]);
      },
    );

    test.each(["auth_session", "auth_key"] as const)(
      "leaves it usable where a unique index of the app's own refuses a row: %s",
      async (table) => {
        const { transaction, raw, authRows } = await prepared();
        await raw.run(`create unique index one_each on ${table} (user_id)`);
        const before = await authRows();
        await transaction(async ({ db, auth }) => {
          const call =
            table === "auth_session"
              ? auth.createSession("user-1")
              : auth.createKey("user-1", { ...key, type: "persistent", providerUserId: "other" });
          expect(harness.violation(await rejectionOf(call))).toBe("unique");
          await db.insertInto("note").values({ user_id: "user-1", body: "After" }).execute();
        });
        expect(await authRows()).toEqual(before);
        expect(await raw.rows("note")).toHaveLength(1);
      },
    );

    test("deletes nothing of a user that the app's own rows keep", async () => {
      const { transaction, raw, authRows } = await prepared();
      const before = await authRows();
      await transaction(async ({ db, auth }) => {
        await db.insertInto("note").values({ user_id: "user-1", body: "Mine" }).execute();
        expect(named(await rejectionOf(auth.deleteUser("user-1")))).toBe("foreign key");
      });
      expect(await authRows()).toEqual(before);
      expect(await raw.rows("note")).toHaveLength(1);
    });

    test("takes no other auth call along that is sent at the same time", async () => {
      const { transaction, raw } = await prepared();
      await transaction(async ({ auth }) => {
        const calls = [
          () => auth.createUser({ primaryKey: key, attributes: { username: "another" } }),
          () => signUp({ auth }, "eve"),
          () => auth.createSession("user-2"),
          () => auth.createUser({ primaryKey: key, attributes: { username: "another" } }),
        ];
        const { errors } = await atOnce(calls.length, async (index) => calls[index]?.());
        expect(errors).toEqual(Array(2).fill("Error: AUTH_DUPLICATE_KEY_ID"));
      });
      const names = (await raw.rows("auth_user")).map((row) => row["username"]);
      expect(names.sort()).toEqual(["ada", "bob", "eve"]);
      expect(await raw.rows("auth_key")).toHaveLength(3);
      expect(await raw.rows("auth_session")).toHaveLength(2);
    });
  });
}

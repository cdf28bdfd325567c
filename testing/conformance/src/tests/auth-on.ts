import { describe, expect, test } from "vitest";
import type { Context } from "../context.js";
import { expectCode, rejectionOf, untyped } from "../support/calls.js";
import { signUp } from "../support/fixtures.js";

/** `auth` on transactions that were begun by Kysely. */
export function authOnTests({ start }: Context): void {
  describe("authOn a controlled transaction", () => {
    test("is committed with it", async () => {
      const { authOn, db, raw } = await start();
      const trx = await db.startTransaction().execute();
      const { userId } = await signUp({ auth: authOn(trx) }, "ada");
      await trx.insertInto("note").values({ user_id: userId, body: "Welcome" }).execute();
      expect(await raw.rows("auth_user")).toEqual([]);
      await trx.commit().execute();
      expect(await raw.rows("auth_key")).toMatchObject([{ id: "email:ada", user_id: userId }]);
      expect(await raw.rows("note")).toHaveLength(1);
    });

    test("is rolled back with it", async () => {
      const { authOn, auth, db, raw } = await start();
      const { userId } = await signUp({ auth }, "ada");
      await auth.createSession(userId);
      const trx = await db.startTransaction().execute();
      await authOn(trx).invalidateAllUserSessions(userId);
      await signUp({ auth: authOn(trx) }, "bob");
      await trx.rollback().execute();
      expect(await raw.rows("auth_session")).toHaveLength(1);
      expect(await raw.rows("auth_user")).toHaveLength(1);
    });

    test("is rolled back to its savepoints", async () => {
      const { authOn, db, raw } = await start();
      const trx = await db.startTransaction().execute();
      await signUp({ auth: authOn(trx) }, "ada");
      const saved = await trx.savepoint("after_ada").execute();
      await signUp({ auth: authOn(saved) }, "bob");
      await saved.rollbackToSavepoint("after_ada").execute();
      await trx.commit().execute();
      expect(await raw.rows("auth_user")).toMatchObject([{ username: "ada" }]);
    });

    test("is refused once that is over", async () => {
      const { authOn, db, raw } = await start();
      const trx = await db.startTransaction().execute();
      const auth = authOn(trx);
      await trx.commit().execute();
      expect(String(await rejectionOf(signUp({ auth }, "ada")))).toMatch(/committed/);
      expect(await raw.rows("auth_user")).toEqual([]);
    });
  });

  describe("authOn a transaction of db.transaction()", () => {
    test("takes part in it, and an error of a call that is caught leaves it usable", async () => {
      const { authOn, db, raw } = await start();
      await db.transaction().execute(async (trx) => {
        const auth = authOn(trx);
        const { userId } = await signUp({ auth }, "ada");
        await expectCode(signUp({ auth }, "ada"), "AUTH_DUPLICATE_KEY_ID");
        await trx.insertInto("note").values({ user_id: userId, body: "Welcome" }).execute();
      });
      expect(await raw.rows("auth_user")).toHaveLength(1);
      expect(await raw.rows("note")).toHaveLength(1);
    });

    test("writes nothing by half where a call is not awaited", async () => {
      const { authOn, db, raw } = await start();
      let signedUp: Promise<unknown> = Promise.resolve();
      await db.transaction().execute(async (trx) => {
        signedUp = signUp({ auth: authOn(trx) }, "bob").catch(() => {});
        // So that its first statement is under way.
        await trx.selectFrom("note").selectAll().execute();
      });
      await signedUp;
      const users = await raw.rows("auth_user");
      const keys = await raw.rows("auth_key");
      expect(keys.map((key) => key["user_id"])).toEqual(users.map((user) => user["id"]));
    });
  });

  describe("authOn what is no transaction of this database", () => {
    test("is refused", async () => {
      const started = await start();
      const other = await start();
      expect(() => started.authOn(untyped(started.db))).toThrow(/the outer `db`.*db\.transaction/);
      expect(() => started.authOn(untyped({}))).toThrow(/an object/);
      expect(() => started.authOn(untyped(undefined))).toThrow(/undefined/);
      await other.db.transaction().execute(async (trx) => {
        expect(() => started.authOn(trx)).toThrow(/another Kysely instance/);
      });
    });
  });
}

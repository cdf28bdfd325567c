import { describe, expect, test } from "vitest";
import type { Context } from "../context.js";
import { expectCode, rejectionOf } from "../support/calls.js";
import { rowOf, signUp } from "../support/fixtures.js";

/** The app's writes and Lucia's in one transaction. */
export function transactionsTests({ start }: Context): void {
  describe("transaction", () => {
    test("writes all of it, and passes the result through", async () => {
      const { transaction, raw } = await start();
      const { user, session } = await transaction(async ({ db, auth }) => {
        const user = await signUp({ auth }, "ada");
        await db.insertInto("note").values({ user_id: user.userId, body: "Welcome" }).execute();
        return { user, session: await auth.createSession(user.userId) };
      });
      expect(await raw.rows("auth_user")).toMatchObject([{ id: user.userId, username: "ada" }]);
      expect(await raw.rows("auth_key")).toMatchObject([{ id: "email:ada" }]);
      expect(await raw.rows("auth_session")).toEqual([rowOf(session)]);
      expect(await raw.rows("note")).toEqual([{ user_id: user.userId, body: "Welcome" }]);
    });

    test("shows nobody what is not committed yet", async () => {
      const { transaction, raw } = await start();
      await transaction(async ({ auth }) => {
        const { userId } = await signUp({ auth }, "ada");
        await auth.createSession(userId);
        expect(await raw.rows("auth_user")).toEqual([]);
        expect(await raw.rows("auth_session")).toEqual([]);
      });
      expect(await raw.rows("auth_session")).toHaveLength(1);
    });

    test("writes nothing where the work throws, and throws that very error", async () => {
      const { auth: outer, transaction, raw } = await start();
      const bob = await signUp({ auth: outer }, "bob");
      const kept = await outer.createSession(bob.userId);
      const failure = new Error("The work has failed");
      const error = await rejectionOf(
        transaction(async ({ db, auth }) => {
          const { userId } = await signUp({ auth }, "ada");
          await auth.createSession(userId);
          await db.insertInto("note").values({ user_id: userId, body: "Welcome" }).execute();
          await auth.updateUserAttributes(bob.userId, { nickname: "Bobby" });
          await auth.updateKeyPassword("email", "bob", "new password");
          await auth.deleteUser(bob.userId);
          throw failure;
        }),
      );
      expect(error).toBe(failure);
      expect(await raw.rows("auth_user")).toEqual([
        { id: bob.userId, username: "bob", nickname: null },
      ]);
      expect(await raw.rows("auth_key")).toMatchObject([{ id: "email:bob" }]);
      expect(await raw.rows("auth_session")).toEqual([rowOf(kept)]);
      expect(await raw.rows("note")).toEqual([]);
      expect(await outer.useKey("email", "bob", "password of bob")).toMatchObject({
        userId: bob.userId,
      });
    });

    test("gives back a single-use key that was used in it", async () => {
      const { auth: outer, transaction, raw } = await start();
      const { userId } = await signUp({ auth: outer }, "ada");
      const link = { providerId: "link", providerUserId: "ada", password: null, expiresIn: 60 };
      await outer.createKey(userId, { type: "single_use", ...link });
      const rows = await raw.rows("auth_key");
      const failed = transaction(async ({ auth }) => {
        await auth.useKey("link", "ada", null);
        await expectCode(auth.useKey("link", "ada", null), "AUTH_INVALID_KEY_ID");
        throw new Error("The work has failed");
      });
      expect(String(await rejectionOf(failed))).toBe("Error: The work has failed");
      expect(await raw.rows("auth_key")).toEqual(rows);
      await outer.useKey("link", "ada", null);
    });

    test("lets Lucia see the app's writes, and the app see Lucia's", async () => {
      const { transaction, raw } = await start();
      await transaction(async ({ db, auth }) => {
        await db.insertInto("auth_user").values({ id: "user-1", username: "ada" }).execute();
        expect(await auth.getUser("user-1")).toMatchObject({ username: "ada" });
        await expect(signUp({ auth }, "ada")).rejects.toThrow();
        await auth.createSession("user-1");
        const { userId } = await signUp({ auth }, "bob");
        const names = await db.selectFrom("auth_user").select("username").execute();
        expect(names).toHaveLength(2);
        await db.updateTable("auth_user").set({ nickname: "Bobby" }).execute();
        expect(await auth.getUser(userId)).toMatchObject({ nickname: "Bobby" });
      });
      expect(await raw.rows("auth_session")).toMatchObject([{ user_id: "user-1" }]);
      expect(await raw.rows("auth_key")).toMatchObject([{ id: "email:bob" }]);
    });
  });
}

import { sql } from "kysely";
import { LuciaError } from "lucia-auth";
import { describe, expect, test } from "vitest";
import type { Context } from "../context.js";
import { expectCode, rejectionOf, untyped } from "../support/calls.js";
import { signUp } from "../support/fixtures.js";

/** Reading, changing and deleting users. */
export function usersTests({ harness, start }: Context): void {
  describe("getUser", () => {
    test("returns what transformDatabaseUser makes of the row", async () => {
      const { auth } = await start({
        lucia: {
          transformDatabaseUser: (row) => ({ ...row, userId: row.id, nickname: "transformed" }),
        },
      });
      await signUp({ auth }, "bob");
      const { userId } = await signUp({ auth }, "ada");
      expect(await auth.getUser(userId)).toEqual({
        id: userId,
        userId,
        username: "ada",
        nickname: "transformed",
      });
    });

    test("does not know an unknown user: AUTH_INVALID_USER_ID", async () => {
      const { auth } = await start();
      await signUp({ auth }, "ada");
      await expectCode(auth.getUser("nobody"), "AUTH_INVALID_USER_ID");
    });
  });

  describe("updateUserAttributes", () => {
    test("writes the given columns of that user, and returns the changed user", async () => {
      const { auth, raw } = await start();
      const ada = await signUp({ auth }, "ada");
      const bob = await signUp({ auth }, "bob");
      const changed = await auth.updateUserAttributes(ada.userId, { nickname: "Countess" });
      expect(changed).toEqual({ ...ada, nickname: "Countess" });
      const rows = await raw.rows("auth_user");
      expect(rows).toHaveLength(2);
      expect(rows).toContainEqual({ id: ada.userId, username: "ada", nickname: "Countess" });
      expect(rows).toContainEqual({ id: bob.userId, username: "bob", nickname: null });
    });

    test("writes null, and leaves out what is undefined", async () => {
      const { auth, raw } = await start();
      const { userId } = await signUp({ auth }, "ada");
      await auth.updateUserAttributes(userId, { nickname: "Countess" });
      await auth.updateUserAttributes(userId, untyped({ username: undefined, nickname: null }));
      expect(await raw.rows("auth_user")).toEqual([
        { id: userId, username: "ada", nickname: null },
      ]);
    });

    test("takes expressions of Kysely's, and values again after them", async () => {
      const { auth, raw } = await start();
      const { userId } = await signUp({ auth }, "ada");
      const upper = untyped(sql`upper('countess')`);
      await auth.updateUserAttributes(userId, { nickname: "Countess" });
      await auth.updateUserAttributes(userId, { nickname: upper });
      expect(await raw.rows("auth_user")).toMatchObject([{ nickname: "COUNTESS" }]);
      await auth.updateUserAttributes(userId, { nickname: "Ada" });
      expect(await raw.rows("auth_user")).toMatchObject([{ nickname: "Ada" }]);
    });

    test.each([
      ["nothing to change", {}],
      ["undefined alone", untyped({ nickname: undefined })],
      ["the values that are there", { username: "ada" }],
    ])("changes nothing and returns the user, given %s", async (_, attributes) => {
      const { auth, raw } = await start();
      const ada = await signUp({ auth }, "ada");
      expect(await auth.updateUserAttributes(ada.userId, attributes)).toEqual(ada);
      expect(await raw.rows("auth_user")).toEqual([
        { id: ada.userId, username: "ada", nickname: null },
      ]);
    });

    test.each([
      ["nothing to change", {}],
      ["undefined alone", untyped({ nickname: undefined })],
      ["a change", { nickname: "Countess" }],
    ])("does not know an unknown user, given %s: AUTH_INVALID_USER_ID", async (_, attributes) => {
      const { auth, raw } = await start();
      await signUp({ auth }, "ada");
      const call = auth.updateUserAttributes("nobody", attributes);
      await expectCode(call, "AUTH_INVALID_USER_ID");
      expect(await raw.rows("auth_user")).toMatchObject([{ username: "ada", nickname: null }]);
    });

    test("leaves a name that is taken to the driver, and changes nothing", async () => {
      const { auth, raw } = await start();
      await signUp({ auth }, "ada");
      const bob = await signUp({ auth }, "bob");
      const error = await rejectionOf(
        auth.updateUserAttributes(bob.userId, { username: "ada", nickname: "Bobby" }),
      );
      expect(error).not.toBeInstanceOf(LuciaError);
      expect(harness.violation(error)).toBe("unique");
      expect(await raw.rows("auth_user")).toContainEqual({
        id: bob.userId,
        username: "bob",
        nickname: null,
      });
    });

    test("refuses attributes that change the user's id", async () => {
      const { auth, raw } = await start();
      const { userId } = await signUp({ auth }, "ada");
      const error = await rejectionOf(
        auth.updateUserAttributes(userId, untyped({ nickname: "Countess", id: "chosen" })),
      );
      expect(String(error)).toMatch(/\bid\b/);
      expect(await raw.rows("auth_user")).toMatchObject([{ id: userId, nickname: null }]);
    });
  });

  describe("deleteUser", () => {
    test("deletes the user with all its keys and sessions, and nothing of others", async () => {
      const { auth, raw } = await start();
      const { userId } = await signUp({ auth }, "ada");
      const bob = await signUp({ auth }, "bob");
      const key = { providerId: "github", providerUserId: "1", password: null } as const;
      await auth.createKey(userId, { type: "persistent", ...key });
      await auth.createSession(userId);
      await auth.createSession(bob.userId);

      await auth.deleteUser(userId);
      expect(await raw.rows("auth_user")).toMatchObject([{ id: bob.userId }]);
      expect(await raw.rows("auth_key")).toMatchObject([{ user_id: bob.userId }]);
      expect(await raw.rows("auth_session")).toMatchObject([{ user_id: bob.userId }]);
    });

    test("deletes nothing where the app's own rows keep the user from being deleted", async () => {
      const { auth, db, raw } = await start();
      const { userId } = await signUp({ auth }, "ada");
      await auth.createSession(userId);
      await db.insertInto("note").values({ user_id: userId, body: "Mine" }).execute();

      const error = await rejectionOf(auth.deleteUser(userId));
      expect(harness.violation(error)).toBe("foreign key");
      expect(await raw.rows("auth_user")).toHaveLength(1);
      expect(await raw.rows("auth_key")).toHaveLength(1);
      expect(await raw.rows("auth_session")).toHaveLength(1);
    });

    test("does nothing for an unknown user", async () => {
      const { auth, raw } = await start();
      await signUp({ auth }, "ada");
      await auth.deleteUser("nobody");
      expect(await raw.rows("auth_user")).toHaveLength(1);
    });
  });
}

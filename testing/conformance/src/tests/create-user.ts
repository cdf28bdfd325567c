import { sql } from "kysely";
import { LuciaError } from "lucia-auth";
import { describe, expect, test } from "vitest";
import { type Context, hashOf } from "../context.js";
import { atOnce, expectCode, rejectionOf, untyped } from "../support/calls.js";
import { signUp } from "../support/fixtures.js";

/** Signing up. */
export function createUserTests({ harness, start, violates }: Context): void {
  describe("createUser", () => {
    const primaryKey = { providerId: "email", providerUserId: "ada", password: "secret" };

    test("writes the user and its primary key", async () => {
      const { auth, raw } = await start();
      const user = await auth.createUser({
        primaryKey,
        attributes: { username: "ada", nickname: "Countess" },
      });
      expect(user).toEqual({ userId: user.userId, username: "ada", nickname: "Countess" });
      expect(await raw.rows("auth_user")).toEqual([
        { id: user.userId, username: "ada", nickname: "Countess" },
      ]);
      expect(await raw.rows("auth_key")).toEqual([
        {
          id: "email:ada",
          user_id: user.userId,
          primary_key: true,
          hashed_password: hashOf("secret"),
          expires: null,
        },
      ]);
      expect(await raw.rows("auth_session")).toEqual([]);
    });

    test("stores no hash for a key whose password is null", async () => {
      const { auth, raw } = await start();
      const user = await auth.createUser({
        primaryKey: { ...primaryKey, password: null },
        attributes: { username: "ada" },
      });
      expect(user).toEqual({ userId: user.userId, username: "ada", nickname: null });
      expect(await raw.rows("auth_key")).toMatchObject([
        { id: "email:ada", primary_key: true, hashed_password: null },
      ]);
    });

    test("writes no key where the primary key is null", async () => {
      const { auth, raw } = await start();
      const user = await auth.createUser({ primaryKey: null, attributes: { username: "ada" } });
      expect(await raw.rows("auth_user")).toEqual([
        { id: user.userId, username: "ada", nickname: null },
      ]);
      expect(await raw.rows("auth_key")).toEqual([]);
    });

    test("takes expressions of Kysely's in the attributes, and any choice of columns", async () => {
      const { auth, raw } = await start();
      const signUpWith = (username: string, nickname: unknown) =>
        auth.createUser({
          primaryKey: { ...primaryKey, providerUserId: username },
          attributes: { username, nickname: untyped(nickname) },
        });
      await signUpWith("ada", "Countess");
      await signUpWith("bob", sql`upper('builder')`);
      await signUpWith("cleo", undefined);
      await signUpWith("dora", "Explorer");
      const names = (await raw.rows("auth_user")).map(({ username, nickname }) => [
        username,
        nickname,
      ]);
      expect(Object.fromEntries(names)).toEqual({
        ada: "Countess",
        bob: "BUILDER",
        cleo: null,
        dora: "Explorer",
      });
    });

    test("takes the user's id from generateCustomUserId", async () => {
      const { auth, raw } = await start({ lucia: { generateCustomUserId: async () => "user-1" } });
      expect(await signUp({ auth }, "ada")).toMatchObject({ userId: "user-1" });
      expect(await raw.rows("auth_user")).toMatchObject([{ id: "user-1" }]);
      expect(await raw.rows("auth_key")).toMatchObject([{ user_id: "user-1" }]);
    });

    test("refuses a key that is taken with AUTH_DUPLICATE_KEY_ID, and leaves no user behind", async () => {
      const { auth, raw } = await start();
      const ada = await signUp({ auth }, "ada");
      const call = auth.createUser({ primaryKey, attributes: { username: "another" } });
      await expectCode(call, "AUTH_DUPLICATE_KEY_ID");
      expect(await raw.rows("auth_user")).toMatchObject([{ id: ada.userId, username: "ada" }]);
      expect(await raw.rows("auth_key")).toMatchObject([
        { user_id: ada.userId, hashed_password: hashOf("password of ada") },
      ]);
    });

    test("lets one of 200 sign-ups with the same key at once succeed", async () => {
      const { auth, raw } = await start();
      const { fulfilled, errors } = await atOnce(200, (index) =>
        auth.createUser({ primaryKey, attributes: { username: `ada ${index}` } }),
      );
      expect(errors).toEqual(Array(199).fill("Error: AUTH_DUPLICATE_KEY_ID"));
      expect(await raw.rows("auth_user")).toMatchObject([{ username: fulfilled[0]?.username }]);
      expect(await raw.rows("auth_key")).toMatchObject([{ user_id: fulfilled[0]?.userId }]);
    });

    test("lets one of 200 sign-ups for the same name at once succeed", async () => {
      const { auth, raw } = await start();
      const results = await Promise.allSettled(
        Array.from({ length: 200 }, (_, index) =>
          auth.createUser({
            primaryKey: { ...primaryKey, providerUserId: `ada ${index}` },
            attributes: { username: "ada" },
          }),
        ),
      );
      const errors = results.flatMap((result) =>
        result.status === "rejected" ? [result.reason] : [],
      );
      expect(errors).toHaveLength(199);
      expect(errors.every((error) => violates(error, "auth_user.username"))).toBe(true);
      const users = await raw.rows("auth_user");
      expect(users).toHaveLength(1);
      expect(await raw.rows("auth_key")).toMatchObject([{ user_id: users[0]?.["id"] }]);
    });

    test("serves many sign-ups at once, and queries after them", async () => {
      const { auth, db, raw } = await start();
      const { fulfilled } = await atOnce(40, (index) => signUp({ auth }, `user ${index}`));
      expect(fulfilled).toHaveLength(40);
      expect(await db.selectFrom("auth_user").select("id").execute()).toHaveLength(40);
      expect(await raw.rows("auth_key")).toHaveLength(40);
    });

    test.each(["ada", "PRIMARY", "auth_key.id", "auth_key.PRIMARY", "auth_key_pkey"])(
      "leaves a violation of the app's own unique column to the driver: the name %s",
      async (username) => {
        const { auth, raw } = await start();
        await auth.createUser({ primaryKey: null, attributes: { username } });
        const error = await rejectionOf(auth.createUser({ primaryKey, attributes: { username } }));
        expect(error).not.toBeInstanceOf(LuciaError);
        expect(harness.violation(error)).toBe("unique");
        const columns = ["auth_user.id", "auth_user.username", "auth_user.nickname", "auth_key.id"];
        expect(columns.filter((column) => violates(error, column))).toEqual(["auth_user.username"]);
        expect(await raw.rows("auth_user")).toHaveLength(1);
        expect(await raw.rows("auth_key")).toEqual([]);
      },
    );

    test("tells of the key where both the key and the app's own unique column are taken", async () => {
      const { auth, raw } = await start();
      await signUp({ auth }, "ada");
      await expectCode(signUp({ auth }, "ada"), "AUTH_DUPLICATE_KEY_ID");
      expect(await raw.rows("auth_user")).toHaveLength(1);
    });

    test("leaves a user id that is taken to the driver: it is no duplicate key", async () => {
      const { auth, raw } = await start({ lucia: { generateCustomUserId: () => "user-1" } });
      await signUp({ auth }, "ada");
      const error = await rejectionOf(signUp({ auth }, "bob"));
      expect(error).not.toBeInstanceOf(LuciaError);
      expect(harness.violation(error)).toBe("unique");
      expect(violates(error, "auth_user.id")).toBe(true);
      expect(violates(error, "auth_user.username")).toBe(false);
      expect(await raw.rows("auth_user")).toMatchObject([{ username: "ada" }]);
      expect(await raw.rows("auth_key")).toMatchObject([{ id: "email:ada" }]);
    });

    test.each([
      ["with a key", primaryKey],
      ["without a key", null],
    ])("refuses attributes that choose the user's id, %s", async (_, key) => {
      const { auth, raw } = await start();
      const attributes = untyped({ username: "ada", id: "chosen" });
      const error = await rejectionOf(auth.createUser({ primaryKey: key, attributes }));
      expect(String(error)).toMatch(/\bid\b/);
      expect(await raw.rows("auth_user")).toEqual([]);
      expect(await raw.rows("auth_key")).toEqual([]);
    });
  });
}

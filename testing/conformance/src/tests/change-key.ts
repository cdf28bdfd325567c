import { describe, expect, test } from "vitest";
import { type Context, hashOf } from "../context.js";
import { expectCode } from "../support/calls.js";
import { signUp } from "../support/fixtures.js";

const github = { providerId: "github", providerUserId: "1" };

/** Deleting keys, and changing their passwords. */
export function changeKeyTests({ start }: Context): void {
  describe("deleteKey", () => {
    test.each(["persistent", "single_use"] as const)("deletes a %s key", async (type) => {
      const { auth, raw } = await start();
      const { userId } = await signUp({ auth }, "ada");
      await auth.createKey(userId, { type, ...github, password: null, expiresIn: 60 });
      await auth.deleteKey("github", "1");
      expect(await raw.rows("auth_key")).toMatchObject([{ id: "email:ada" }]);
    });

    test("never deletes a primary key", async () => {
      const { auth, raw } = await start();
      await signUp({ auth }, "ada");
      await auth.deleteKey("email", "ada");
      expect(await raw.rows("auth_key")).toMatchObject([{ id: "email:ada", primary_key: true }]);
    });

    test("does nothing for an unknown key", async () => {
      const { auth, raw } = await start();
      const { userId } = await signUp({ auth }, "ada");
      await auth.createKey(userId, { type: "persistent", ...github, password: null });
      await auth.deleteKey("github", "2");
      expect(await raw.rows("auth_key")).toHaveLength(2);
    });
  });

  describe("updateKeyPassword", () => {
    test("stores the new hash in that key, and changes nothing else", async () => {
      const { auth, raw } = await start();
      await signUp({ auth }, "ada");
      await signUp({ auth }, "bob");
      const [ada, bob] = await raw.rows("auth_key");
      await auth.updateKeyPassword("email", "ada", "new password");
      expect(await raw.rows("auth_key")).toEqual([
        { ...ada, hashed_password: hashOf("new password") },
        bob,
      ]);
    });

    test("removes the password when given null", async () => {
      const { auth, raw } = await start();
      await signUp({ auth }, "ada");
      await auth.updateKeyPassword("email", "ada", null);
      expect(await raw.rows("auth_key")).toMatchObject([{ hashed_password: null }]);
      expect(await auth.getKey("email", "ada")).toMatchObject({ passwordDefined: false });
    });

    test("takes the password that the key has already", async () => {
      const { auth, raw } = await start();
      await signUp({ auth }, "ada");
      const rows = await raw.rows("auth_key");
      await auth.updateKeyPassword("email", "ada", "password of ada");
      expect(await raw.rows("auth_key")).toEqual(rows);
    });

    test.each(["new password", null])(
      "does not know an unknown key: AUTH_INVALID_KEY_ID (password: %s)",
      async (password) => {
        const { auth, raw } = await start();
        await signUp({ auth }, "ada");
        const rows = await raw.rows("auth_key");
        const call = auth.updateKeyPassword("email", "nobody", password);
        await expectCode(call, "AUTH_INVALID_KEY_ID");
        expect(await raw.rows("auth_key")).toEqual(rows);
      },
    );
  });
}

import { inspect } from "node:util";
import { hashPassword } from "@kysely-lucia/core";
import { describe, expect, test } from "vitest";
import { type Context, hashOf } from "../context.js";
import { expectCode, rejectionOf, untyped } from "../support/calls.js";
import { signUp } from "../support/fixtures.js";

const SECRET = "correct horse";

/** Passwords that were hashed before the call. */
export function hashedPasswordsTests({ start }: Context): void {
  describe("a password of hashPassword", () => {
    test("is taken by createUser, createKey and updateKeyPassword", async () => {
      const { auth, raw } = await start();
      const hashed = await hashPassword(SECRET, hashOf);
      const key = { providerId: "email", providerUserId: "ada", password: hashed };
      const { userId } = await auth.createUser({
        primaryKey: key,
        attributes: { username: "ada" },
      });
      await auth.useKey("email", "ada", SECRET);
      await auth.createKey(userId, { ...key, type: "persistent", providerUserId: "a@b.c" });
      await auth.useKey("email", "a@b.c", SECRET);
      const link = { ...key, providerId: "link", expiresIn: 60 };
      expect(await auth.createKey(userId, { ...link, type: "single_use" })).toMatchObject({
        passwordDefined: true,
      });
      await auth.useKey("link", "ada", SECRET);
      await auth.updateKeyPassword("email", "ada", await hashPassword("another", hashOf));
      await expectCode(auth.useKey("email", "ada", SECRET), "AUTH_INVALID_PASSWORD");
      await auth.useKey("email", "ada", "another");
      expect(await raw.rows("auth_key")).toMatchObject([
        { hashed_password: hashOf(SECRET) },
        { hashed_password: hashOf("another") },
      ]);
    });

    test("is Lucia's own scrypt by default", async () => {
      const { auth, raw } = await start({ realHash: true });
      const password = await hashPassword(SECRET);
      const primaryKey = { providerId: "email", providerUserId: "ada", password };
      await auth.createUser({ primaryKey, attributes: { username: "ada" } });
      expect(String((await raw.rows("auth_key"))[0]?.["hashed_password"])).toMatch(
        /^s2:[A-Za-z0-9]{16}:[0-9a-f]{128}$/,
      );
      await auth.useKey("email", "ada", SECRET);
    });

    test("keeps the hashing out of a transaction", async () => {
      let isInside = false;
      const generate = (password: string) => {
        expect(isInside).toBe(false);
        return hashOf(password);
      };
      const validate = (password: string, hash: string) => hash === hashOf(password);
      const { transaction, raw } = await start({ lucia: { hash: { generate, validate } } });
      const password = await hashPassword(SECRET, generate);
      await transaction(async ({ auth }) => {
        isInside = true;
        const primaryKey = { providerId: "email", providerUserId: "ada", password };
        await auth.createUser({ primaryKey, attributes: { username: "ada" } });
        await auth.updateKeyPassword("email", "ada", password);
        isInside = false;
      });
      expect(await raw.rows("auth_key")).toMatchObject([{ hashed_password: hashOf(SECRET) }]);
    });

    test("that was hashed in another way is refused, and nothing is stored", async () => {
      const { auth, raw } = await start();
      const password = await hashPassword(SECRET);
      const primaryKey = { providerId: "email", providerUserId: "ada", password };
      const call = auth.createUser({ primaryKey, attributes: { username: "ada" } });
      const error = await rejectionOf(call);
      expect(String(error)).toMatch(/ConfigurationError.*lucia\.hash\.generate/);
      expect(inspect(error)).not.toContain("s2:");
      expect(await raw.rows("auth_user")).toEqual([]);
    });

    test("signs nobody in by itself", async () => {
      const { auth } = await start();
      await signUp({ auth }, "ada");
      const password = await hashPassword("password of ada", hashOf);
      await expectCode(auth.useKey("email", "ada", untyped(password)), "AUTH_INVALID_PASSWORD");
    });

    test("tells nothing of itself, and is not turned into a text that would be a password", async () => {
      const password = await hashPassword(SECRET, hashOf);
      const told = [inspect(password, { showHidden: true, depth: 9 }), ...Object.keys(password)];
      expect(told.join()).not.toContain(SECRET);
      expect(told).toContain("[HashedPassword]");
      const asText = /HashedPassword was to be turned into JSON or text/;
      expect(() => JSON.stringify({ password })).toThrow(asText);
      expect(() => `${password}`).toThrow(asText);
      expect(() => String(password)).toThrow(asText);
    });

    test.each([
      ["an empty string", ""],
      ["a list", ["secret"]],
      ["undefined", undefined],
      ["null", null],
      ["more than 4096 characters", "x".repeat(4097)],
    ])("is not made of what is no password: %s", async (_, given) => {
      await expectCode(hashPassword(untyped(given), hashOf), "AUTH_INVALID_PASSWORD");
    });

    test("is made of up to 4096 characters", async () => {
      const { auth } = await start();
      const long = "x".repeat(4096);
      const password = await hashPassword(long, hashOf);
      const primaryKey = { providerId: "email", providerUserId: "ada", password };
      await auth.createUser({ primaryKey, attributes: { username: "ada" } });
      expect(await auth.useKey("email", "ada", long)).toMatchObject({ passwordDefined: true });
    });
  });
}

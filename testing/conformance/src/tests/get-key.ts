import { describe, expect, test } from "vitest";
import type { Context } from "../context.js";
import { expectCode } from "../support/calls.js";
import { makeExpired, signUp } from "../support/fixtures.js";

const github = { providerId: "github", providerUserId: "1" };
const emailLink = { providerId: "email-link", providerUserId: "ada", expiresIn: 60 };

/** Reading keys. */
export function getKeyTests({ start }: Context): void {
  describe("getKey", () => {
    test("returns a primary key", async () => {
      const { auth } = await start();
      const { userId } = await signUp({ auth }, "ada:lovelace");
      expect(await auth.getKey("email", "ada:lovelace")).toEqual({
        type: "persistent",
        providerId: "email",
        providerUserId: "ada:lovelace",
        userId,
        primary: true,
        passwordDefined: true,
      });
    });

    test("returns a single-use key without consuming it, also an expired one", async () => {
      const { auth, raw } = await start();
      const { userId } = await signUp({ auth }, "ada");
      const data = { type: "single_use", ...emailLink, password: null } as const;
      const { expiresAt } = await auth.createKey(userId, data);
      const key = { type: "single_use", userId, passwordDefined: false };
      expect(await auth.getKey("email-link", "ada")).toMatchObject({
        ...key,
        expired: false,
        expiresAt,
      });

      await makeExpired(raw, "email-link:ada");
      const expired = { ...key, expired: true, expiresAt: new Date(1000) };
      expect(await auth.getKey("email-link", "ada")).toMatchObject(expired);
      expect(await raw.rows("auth_key")).toHaveLength(2);
    });

    test("does not know an unknown key: AUTH_INVALID_KEY_ID", async () => {
      const { auth } = await start();
      await signUp({ auth }, "ada");
      await expectCode(auth.getKey("email", "nobody"), "AUTH_INVALID_KEY_ID");
    });

    test.each(["JOSÉ", "jose", "josé ", "josè"])(
      "compares ids byte by byte: josé is not '%s'",
      async (other) => {
        const { auth } = await start();
        const jose = await signUp({ auth }, "josé");
        await expectCode(auth.getKey("email", other), "AUTH_INVALID_KEY_ID");
        const data = { type: "persistent", providerId: "email", password: null } as const;
        const someone = await auth.createUser({ primaryKey: null, attributes: { username: "x" } });
        await auth.createKey(someone.userId, { ...data, providerUserId: other });
        expect(await auth.getKey("email", "josé")).toMatchObject({ userId: jose.userId });
        expect(await auth.getKey("email", other)).toMatchObject({ userId: someone.userId });
      },
    );
  });

  describe("getAllUserKeys", () => {
    test("returns the keys of that user", async () => {
      const { auth } = await start();
      const { userId } = await signUp({ auth }, "ada");
      const bob = await signUp({ auth }, "bob");
      await auth.createKey(userId, { type: "persistent", ...github, password: null });
      const keys = await auth.getAllUserKeys(userId);
      expect(keys).toHaveLength(2);
      expect(keys).toContainEqual(await auth.getKey("email", "ada"));
      expect(keys).toContainEqual(await auth.getKey("github", "1"));
      expect(await auth.getAllUserKeys(bob.userId)).toHaveLength(1);
    });

    test("returns nothing for a user without keys", async () => {
      const { auth } = await start();
      const user = await auth.createUser({ primaryKey: null, attributes: { username: "ada" } });
      expect(await auth.getAllUserKeys(user.userId)).toEqual([]);
    });

    test("does not know an unknown user: AUTH_INVALID_USER_ID", async () => {
      const { auth } = await start();
      await signUp({ auth }, "ada");
      await expectCode(auth.getAllUserKeys("nobody"), "AUTH_INVALID_USER_ID");
    });
  });
}

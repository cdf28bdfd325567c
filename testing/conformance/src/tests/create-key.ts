import { describe, expect, test } from "vitest";
import { type Context, hashOf } from "../context.js";
import { expectCode, rejectionOf, untyped } from "../support/calls.js";
import { signUp } from "../support/fixtures.js";

const github = { providerId: "github", providerUserId: "1" };
const emailLink = { providerId: "email-link", providerUserId: "ada", expiresIn: 60 };

/** Giving a user another key. */
export function createKeyTests({ start }: Context): void {
  describe("createKey", () => {
    test("writes a persistent key, which is not primary", async () => {
      const { auth, raw } = await start();
      const { userId } = await auth.createUser({
        primaryKey: null,
        attributes: { username: "ada" },
      });
      const key = await auth.createKey(userId, {
        type: "persistent",
        ...github,
        password: "secret",
      });
      expect(key).toEqual({
        type: "persistent",
        ...github,
        userId,
        primary: false,
        passwordDefined: true,
      });
      expect(await raw.rows("auth_key")).toEqual([
        {
          id: "github:1",
          user_id: userId,
          primary_key: false,
          hashed_password: hashOf("secret"),
          expires: null,
        },
      ]);
    });

    test("writes a single-use key with the time it expires at, in milliseconds", async () => {
      const { auth, raw } = await start();
      const { userId } = await auth.createUser({
        primaryKey: null,
        attributes: { username: "ada" },
      });
      const before = Date.now();
      const key = await auth.createKey(userId, {
        type: "single_use",
        ...emailLink,
        password: null,
      });
      const after = Date.now();
      expect(key.expiresAt.getTime()).toBeGreaterThanOrEqual(before + 60_000);
      expect(key.expiresAt.getTime()).toBeLessThanOrEqual(after + 60_000);
      expect(key).toMatchObject({ type: "single_use", userId, passwordDefined: false });
      expect(await raw.rows("auth_key")).toEqual([
        {
          id: "email-link:ada",
          user_id: userId,
          primary_key: false,
          hashed_password: null,
          expires: key.expiresAt.getTime(),
        },
      ]);
    });

    test("says of a new single-use key that it has not expired", async () => {
      const { auth } = await start();
      const { userId } = await signUp({ auth }, "ada");
      const key = await auth.createKey(userId, {
        type: "single_use",
        ...emailLink,
        password: null,
      });
      expect(key.expired).toBe(false);
    });

    test("says of a single-use key that is over already that it has expired", async () => {
      const { auth } = await start();
      const { userId } = await signUp({ auth }, "ada");
      const over = { ...emailLink, expiresIn: -1, password: null };
      expect((await auth.createKey(userId, { type: "single_use", ...over })).expired).toBe(true);
    });

    // The last one is the first that leads beyond what a date can be.
    test.each([Number.NaN, Number.POSITIVE_INFINITY, "60", 8_640_000_000_000])(
      "refuses a key that expires at no time that there is: in %j seconds",
      async (given) => {
        const { auth, raw } = await start();
        const { userId } = await signUp({ auth }, "ada");
        const expiresIn = untyped(given);
        const data = { type: "single_use", ...emailLink, expiresIn, password: null } as const;
        expect(String(await rejectionOf(auth.createKey(userId, data)))).toMatch(
          /^TypeError: createKey was given expiresIn: .*Nothing was stored/,
        );
        expect(await raw.rows("auth_key")).toMatchObject([{ id: "email:ada" }]);
      },
    );

    test.each(["persistent", "single_use"] as const)(
      "refuses a %s key for an unknown user: AUTH_INVALID_USER_ID",
      async (type) => {
        const { auth, raw } = await start();
        const call = auth.createKey("nobody", { type, ...emailLink, password: null });
        await expectCode(call, "AUTH_INVALID_USER_ID");
        expect(await raw.rows("auth_key")).toEqual([]);
      },
    );

    test.each(["persistent", "single_use"] as const)(
      "refuses a %s key that is there: AUTH_DUPLICATE_KEY_ID",
      async (type) => {
        const { auth, raw } = await start();
        await signUp({ auth }, "ada");
        const bob = await signUp({ auth }, "bob");
        const rows = await raw.rows("auth_key");
        const same = { providerId: "email", providerUserId: "ada", password: null, expiresIn: 60 };
        await expectCode(auth.createKey(bob.userId, { type, ...same }), "AUTH_DUPLICATE_KEY_ID");
        expect(await raw.rows("auth_key")).toEqual(rows);
      },
    );
  });
}

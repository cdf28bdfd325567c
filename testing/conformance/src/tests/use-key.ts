import { describe, expect, test } from "vitest";
import { type Context, hashOf, type Started } from "../context.js";
import { atOnce, expectCode } from "../support/calls.js";
import { makeExpired, signUp } from "../support/fixtures.js";

/** Signing in, with keys that stay and with keys that can be used once. */
export function useKeyTests({ othersCanWrite, start }: Context): void {
  /** A user with a single-use key `link:ada`. */
  const withSingleUseKey = async ({ auth }: Pick<Started, "auth">, password: string | null) => {
    const { userId } = await auth.createUser({ primaryKey: null, attributes: { username: "ada" } });
    const link = { providerId: "link", providerUserId: "ada", password, expiresIn: 60 };
    return auth.createKey(userId, { type: "single_use", ...link });
  };

  describe("useKey with a persistent key", () => {
    test("signs in with the right password, as often as it is used", async () => {
      const { auth, raw } = await start();
      const { userId } = await signUp({ auth }, "ada");
      const rows = await raw.rows("auth_key");
      const signIn = () => auth.useKey("email", "ada", "password of ada");
      expect(await signIn()).toEqual({
        type: "persistent",
        providerId: "email",
        providerUserId: "ada",
        userId,
        primary: true,
        passwordDefined: true,
      });
      expect(await signIn()).toMatchObject({ userId });
      expect(await raw.rows("auth_key")).toEqual(rows);
    });

    test("signs in without a password where the key has none", async () => {
      const { auth } = await start();
      const { userId } = await signUp({ auth }, "ada");
      const github = { providerId: "github", providerUserId: "1", password: null };
      await auth.createKey(userId, { type: "persistent", ...github });
      const key = { userId, primary: false, passwordDefined: false };
      expect(await auth.useKey("github", "1", null)).toMatchObject(key);
    });

    test.each([
      ["a wrong password", "another password"],
      ["no password", null],
      ["an empty password", ""],
    ])("refuses %s: AUTH_INVALID_PASSWORD", async (_, given) => {
      const { auth } = await start();
      await signUp({ auth }, "ada");
      await expectCode(auth.useKey("email", "ada", given), "AUTH_INVALID_PASSWORD");
    });

    test.each([
      ["the app's", false],
      ["the usual", true],
    ])(
      "accepts no password at all for a key that has none stored, by %s hash",
      async (_, realHash) => {
        const { auth } = await start({ realHash });
        await signUp({ auth }, "ada");
        await auth.updateKeyPassword("email", "ada", null);
        const call = auth.useKey("email", "ada", "password of ada");
        await expectCode(call, "AUTH_INVALID_PASSWORD");
      },
    );

    test.each(["password", null])(
      "does not know an unknown key: AUTH_INVALID_KEY_ID (password: %s)",
      async (password) => {
        const { auth } = await start();
        await signUp({ auth }, "ada");
        await expectCode(auth.useKey("email", "nobody", password), "AUTH_INVALID_KEY_ID");
      },
    );
  });

  describe("how much useKey hashes tells nothing of who has an account", () => {
    const counting = async () => {
      let hashes = 0;
      const count = <T>(result: T): T => {
        hashes += 1;
        return result;
      };
      const hash = {
        generate: (password: string) => count(hashOf(password)),
        validate: (password: string, stored: string) => count(stored === hashOf(password)),
      };
      const { auth } = await start({ lucia: { hash } });
      const { userId } = await signUp({ auth }, "ada");
      const github = { providerId: "github", providerUserId: "1", password: null };
      await auth.createKey(userId, { type: "persistent", ...github });
      const hashesOf = async (...key: Parameters<typeof auth.useKey>) => {
        hashes = 0;
        await auth.useKey(...key).catch(() => {});
        return hashes;
      };
      return { hashesOf };
    };

    test.each([
      ["the right password", "email", "ada", "password of ada"],
      ["a wrong password", "email", "ada", "another password"],
      ["an unknown key", "email", "nobody", "another password"],
      ["a key without a password", "github", "1", "another password"],
      ["an id that cannot be", "email", "a\0b", "another password"],
    ])("one hash for %s", async (_, providerId, providerUserId, password) => {
      const { hashesOf } = await counting();
      expect(await hashesOf(providerId, providerUserId, password)).toBe(1);
    });

    test.each([
      ["a known key", "email", "ada", null],
      ["an unknown key", "email", "nobody", null],
      ["no password", "email", "nobody", ""],
    ])(
      "none for %s where no password is given",
      async (_, providerId, providerUserId, password) => {
        const { hashesOf } = await counting();
        expect(await hashesOf(providerId, providerUserId, password)).toBe(0);
      },
    );
  });

  // On SQLite nobody can write while a transaction is open.
  const testWithOthers = othersCanWrite ? test : undefined;

  testWithOthers?.(
    "useKey hashes once for a key that another call has used up meanwhile",
    async () => {
      let hashes = 0;
      const generate = (password: string) => {
        hashes += 1;
        return hashOf(password);
      };
      const validate = async () => {
        hashes += 1;
        await raw.run("delete from auth_key where id = 'link:ada'");
        return true;
      };
      const { auth, raw } = await start({ lucia: { hash: { generate, validate } } });
      await withSingleUseKey({ auth }, "secret");
      hashes = 0;
      await expectCode(auth.useKey("link", "ada", "secret"), "AUTH_INVALID_KEY_ID");
      expect(hashes).toBe(1);
    },
  );

  describe("useKey with a single-use key", () => {
    test.each(["secret", null])("signs in once (password: %s)", async (password) => {
      const { auth, raw } = await start();
      const { userId, expiresAt } = await withSingleUseKey({ auth }, password);
      expect(await auth.useKey("link", "ada", password)).toEqual({
        type: "single_use",
        providerId: "link",
        providerUserId: "ada",
        userId,
        expiresAt,
        expired: false,
        passwordDefined: password !== null,
      });
      expect(await raw.rows("auth_key")).toEqual([]);
      await expectCode(auth.useKey("link", "ada", password), "AUTH_INVALID_KEY_ID");
    });

    test.each(["secret", null])(
      "signs in once where it is used a hundred times at once (password: %s)",
      async (password) => {
        const { auth, raw } = await start();
        await withSingleUseKey({ auth }, password);
        const { fulfilled, errors } = await atOnce(100, () => auth.useKey("link", "ada", password));
        expect(fulfilled).toHaveLength(1);
        expect(errors).toEqual(Array(99).fill("Error: AUTH_INVALID_KEY_ID"));
        expect(await raw.rows("auth_key")).toEqual([]);
      },
    );

    test.each([
      ["another", "secret"],
      [null, "secret"],
      ["anything", null],
    ])("is kept where the password is wrong: %s for %s", async (given, stored) => {
      const { auth, raw } = await start();
      await withSingleUseKey({ auth }, stored);
      await expectCode(auth.useKey("link", "ada", given), "AUTH_INVALID_PASSWORD");
      expect(await raw.rows("auth_key")).toHaveLength(1);
      expect(await auth.useKey("link", "ada", stored)).toMatchObject({ type: "single_use" });
    });

    test("is deleted once it is used after it has expired: AUTH_EXPIRED_KEY", async () => {
      const { auth, raw } = await start();
      await withSingleUseKey({ auth }, "secret");
      await makeExpired(raw, "link:ada");
      await expectCode(auth.useKey("link", "ada", "another"), "AUTH_INVALID_PASSWORD");
      await expectCode(auth.useKey("link", "ada", "secret"), "AUTH_EXPIRED_KEY");
      expect(await raw.rows("auth_key")).toEqual([]);
    });

    test("that has expired is found out once where it is used a hundred times at once", async () => {
      const { auth, raw } = await start();
      await withSingleUseKey({ auth }, "secret");
      await makeExpired(raw, "link:ada");
      const { fulfilled, errors } = await atOnce(100, () => auth.useKey("link", "ada", "secret"));
      expect(fulfilled).toEqual([]);
      expect(errors.filter((error) => error === "Error: AUTH_EXPIRED_KEY")).toHaveLength(1);
      expect(errors.filter((error) => error === "Error: AUTH_INVALID_KEY_ID")).toHaveLength(99);
      expect(await raw.rows("auth_key")).toEqual([]);
    });

    for (const [whose, change] of [
      ["that expires later", () => "expires = 4102444800000"],
      ["of somebody else", (other: string) => `user_id = '${other}'`],
    ] as const) {
      testWithOthers?.(`is not mistaken for a newer key of the same id ${whose}`, async () => {
        let other = "";
        // While the password is being checked, the key is replaced.
        const replace = async () => {
          await raw.run(`update auth_key set ${change(other)} where id = 'link:ada'`);
          return true;
        };
        const { auth, raw } = await start({
          lucia: { hash: { generate: hashOf, validate: replace } },
        });
        await withSingleUseKey({ auth }, "secret");
        other = (await signUp({ auth }, "bob")).userId;
        await expectCode(auth.useKey("link", "ada", "secret"), "AUTH_INVALID_KEY_ID");
        expect((await raw.rows("auth_key")).map(({ id }) => id).toSorted()).toEqual([
          "email:bob",
          "link:ada",
        ]);
      });
    }
  });
}

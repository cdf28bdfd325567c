import { hashPassword } from "@kysely-lucia/core";
import { describe, expect, test } from "vitest";
import type { Context, Started } from "../context.js";
import { expectCode, rejectionOf, untyped } from "../support/calls.js";
import { signUp } from "../support/fixtures.js";

/** Hashes as Lucia 1.8 itself has made them. */
const stored = {
  secret:
    "s2:zkIMMjHXsdTkMvvG:0954639daf4545e42bfa3aef0efc8bbb8ad43d6587b023b93d6eb18f77225aee" +
    "7f5e2a0e781cf371713fc2ec4a2b1222f4eb914f31e0cc70ed99d1ec83ff58d6",
  /** Of `paſſword①`, which Lucia brings into a normal form before it hashes it. */
  unusual:
    "s2:UHbs1mJHf34HARZ7:3967c703ae5eb8e2b6e26f89f101919d4c3c638e7f00207518166be057cba611" +
    "3d8d2b1e819549470061a03e7d5de10b7c0aec6fc6ab7468bad8208d41f72790",
  /** Of `secret`, in the form without a version that the first releases wrote. */
  legacy:
    "OZ4Iqx8bh6HcLLSg:ba2aa9ed3f4d2d817b2101d673848a3f6369dbc214ba4ba54bf8a5edcb6b5af3" +
    "e67338eb7db2bc4ed3915ce0b6e5ae560bacccaaa9a19faef627ba2b148957ff",
  bcrypt: "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
};

/** How passwords are hashed, checked and refused. */
export function passwordsTests({ start }: Context): void {
  const withHash = async ({ auth, raw }: Started, hash: string) => {
    await auth.createUser({
      primaryKey: { providerId: "email", providerUserId: "ada", password: null },
      attributes: { username: "ada" },
    });
    await raw.run(`update auth_key set hashed_password = '${hash}'`);
  };

  describe("a hash function of the app's", () => {
    test.each([undefined, null, "", 5, Buffer.from("hash")])(
      "that returns %j stores nothing, as the key would have no password",
      async (hash) => {
        const generate = untyped(() => hash);
        const { auth, raw } = await start({ lucia: { hash: { generate, validate: () => true } } });
        const said = /lucia\.hash\.generate.*Expected a hash/;
        expect(String(await rejectionOf(signUp({ auth }, "ada")))).toMatch(said);
        expect(String(await rejectionOf(hashPassword("secret", generate)))).toMatch(said);
        expect(await raw.rows("auth_user")).toEqual([]);
      },
    );
  });

  describe("the default hash", () => {
    test("is stored in Lucia's form, and signs in with that password alone", async () => {
      const { auth, raw } = await start({ realHash: true });
      const { userId } = await signUp({ auth }, "ada");
      const [row] = await raw.rows("auth_key");
      expect(row?.["hashed_password"]).toMatch(/^s2:[^:]{16}:[0-9a-f]{128}$/);
      expect(await auth.useKey("email", "ada", "password of ada")).toMatchObject({ userId });
      await expectCode(auth.useKey("email", "ada", "password of bob"), "AUTH_INVALID_PASSWORD");
    });

    test.each([
      ["its present form", stored.secret, "secret"],
      ["a password that it normalised", stored.unusual, "paſſword①"],
      ["the form of its first releases", stored.legacy, "secret"],
    ])("signs in with what Lucia has stored: %s", async (_, hash, password) => {
      const started = await start({ realHash: true });
      await withHash(started, hash);
      const key = await started.auth.useKey("email", "ada", password);
      expect(key).toMatchObject({ passwordDefined: true });
      await expectCode(started.auth.useKey("email", "ada", "wrong"), "AUTH_INVALID_PASSWORD");
      expect(await started.raw.rows("auth_key")).toMatchObject([{ hashed_password: hash }]);
    });

    test("reports a bcrypt hash, which it cannot check: AUTH_OUTDATED_PASSWORD", async () => {
      const started = await start({ realHash: true });
      await withHash(started, stored.bcrypt);
      await expectCode(started.auth.useKey("email", "ada", "secret"), "AUTH_OUTDATED_PASSWORD");
    });
  });

  describe("a hash of the app's own", () => {
    const isSecret = (password: string) => password === "secret";

    test("makes and checks what is stored, a bcrypt hash too", async () => {
      const hash = { generate: () => stored.bcrypt, validate: isSecret };
      const { auth, raw } = await start({ lucia: { hash } });
      await signUp({ auth }, "ada");
      expect(await raw.rows("auth_key")).toMatchObject([{ hashed_password: stored.bcrypt }]);
      expect(await auth.useKey("email", "ada", "secret")).toMatchObject({ passwordDefined: true });
      await expectCode(auth.useKey("email", "ada", "wrong"), "AUTH_INVALID_PASSWORD");
    });

    test("may be of any length", async () => {
      const long = "h".repeat(5000);
      const hash = { generate: () => long, validate: (_: string, given: string) => given === long };
      const { auth, raw } = await start({ lucia: { hash } });
      await signUp({ auth }, "ada");
      expect(await raw.rows("auth_key")).toMatchObject([{ hashed_password: long }]);
      expect(await auth.useKey("email", "ada", "any")).toMatchObject({ passwordDefined: true });
    });
  });

  describe("an empty password", () => {
    const key = { providerId: "github", providerUserId: "1", password: "" };

    test("is refused by createUser: AUTH_INVALID_PASSWORD", async () => {
      const { auth, raw } = await start();
      const call = auth.createUser({ primaryKey: key, attributes: { username: "ada" } });
      await expectCode(call, "AUTH_INVALID_PASSWORD");
      expect(await raw.rows("auth_user")).toEqual([]);
      expect(await raw.rows("auth_key")).toEqual([]);
    });

    test.each(["persistent", "single_use"] as const)(
      "is refused by createKey for a %s key: AUTH_INVALID_PASSWORD",
      async (type) => {
        const { auth, raw } = await start();
        const { userId } = await signUp({ auth }, "ada");
        const call = auth.createKey(userId, { type, ...key, expiresIn: 60 });
        await expectCode(call, "AUTH_INVALID_PASSWORD");
        expect(await raw.rows("auth_key")).toHaveLength(1);
      },
    );

    test("is refused by updateKeyPassword: AUTH_INVALID_PASSWORD", async () => {
      const { auth, raw } = await start();
      await signUp({ auth }, "ada");
      const rows = await raw.rows("auth_key");
      await expectCode(auth.updateKeyPassword("email", "ada", ""), "AUTH_INVALID_PASSWORD");
      expect(await raw.rows("auth_key")).toEqual(rows);
    });
  });
}

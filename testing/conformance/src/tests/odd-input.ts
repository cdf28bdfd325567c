import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { Context } from "../context.js";
import { expectCode, rejectionOf, untyped } from "../support/calls.js";
import { signUp } from "../support/fixtures.js";

/** What code without types, a form or a JSON body may pass. */
export function oddInputTests({ start }: Context): void {
  describe("user attributes", () => {
    test.each(["id", "ID", "Id", "İd", "ıd"])(
      "that contain %s are refused, and nothing is written",
      async (id) => {
        const { auth, raw } = await start();
        const { userId } = await signUp({ auth }, "ada");
        const before = await raw.rows("auth_user");
        const attributes = untyped({ username: "bob", [id]: "chosen" });
        const created = await rejectionOf(auth.createUser({ primaryKey: null, attributes }));
        expect(created).toBeInstanceOf(TypeError);
        const updated = await rejectionOf(
          auth.updateUserAttributes(userId, untyped({ [id]: "mine" })),
        );
        expect(updated).toBeInstanceOf(TypeError);
        expect(await raw.rows("auth_user")).toEqual(before);
      },
    );

    test.each([["a string"], [7], [null]])("that are %j are refused", async (attributes) => {
      const { auth } = await start();
      const { userId } = await signUp({ auth }, "ada");
      const updated = await rejectionOf(auth.updateUserAttributes(userId, untyped(attributes)));
      expect(String(updated)).toMatch(/TypeError: The user attributes are .* Expected an object/);
    });

    test("with a column that does not exist are refused by name", async () => {
      const { auth, raw } = await start();
      const attributes = untyped({ username: "ada", nope: 1 });
      const error = await rejectionOf(auth.createUser({ primaryKey: null, attributes }));
      expect(String(error)).toMatch(/nope.*check the attributes/);
      expect(await raw.rows("auth_user")).toEqual([]);
    });
  });

  describe("a part of a key's id that is not a string", () => {
    const parts = [undefined, null, 7, {}, ["ada"]];

    test.each(parts)("(%j) finds no key", async (part) => {
      const { auth } = await start();
      await signUp({ auth }, "ada");
      await expectCode(auth.useKey("email", untyped(part), null), "AUTH_INVALID_KEY_ID");
      await expectCode(auth.getKey(untyped(part), "ada"), "AUTH_INVALID_KEY_ID");
      await expectCode(
        auth.updateKeyPassword("email", untyped(part), "a new one"),
        "AUTH_INVALID_KEY_ID",
      );
    });

    test.each(parts)("(%j) makes no key", async (part) => {
      const { auth, raw } = await start();
      const { userId } = await signUp({ auth }, "ada");
      const before = await raw.rows("auth_key");
      const key = { providerId: "email", providerUserId: untyped(part), password: null };
      const calls = [
        auth.createUser({ primaryKey: key, attributes: { username: "bob" } }),
        auth.createKey(userId, { type: "persistent", ...key }),
        auth.deleteKey("email", untyped(part)),
      ];
      for (const call of calls) expect(await rejectionOf(call)).toBeInstanceOf(TypeError);
      expect(await raw.rows("auth_key")).toEqual(before);
      expect(await raw.rows("auth_user")).toHaveLength(1);
    });
  });

  describe("a primary key that is left out", () => {
    test.each([undefined, "email:ada", 7])("(%j) makes no user", async (primaryKey) => {
      const { auth, raw } = await start();
      const data = { primaryKey: untyped(primaryKey), attributes: { username: "ada" } };
      expect(String(await rejectionOf(auth.createUser(data)))).toMatch(
        /^TypeError.*as primaryKey. Expected .*or null for a user without a key/,
      );
      expect(await raw.rows("auth_user")).toEqual([]);
    });
  });

  describe("what a JSON body may hold", () => {
    const forged = { constructor: { name: "forged\nline" } };

    test("is not repeated in errors: a PIN for a password, text for the name of a class", async () => {
      const { auth } = await start();
      const { userId } = await signUp({ auth }, "ada");
      const key = { providerId: "pin", providerUserId: "ada", password: untyped(12345678) };
      const errors = [
        await rejectionOf(auth.useKey("email", "ada", untyped(12345678))),
        await rejectionOf(auth.createKey(userId, { type: "persistent", ...key })),
        await rejectionOf(auth.useKey("email", "ada", untyped(forged))),
        await rejectionOf(
          auth.createKey(userId, {
            type: "persistent",
            ...key,
            password: null,
            providerUserId: untyped(forged),
          }),
        ),
      ];
      for (const error of errors) expect(error).toBeInstanceOf(Error);
      expect(inspect(errors, { depth: null })).not.toMatch(/12345678|forged/);
    });
  });

  describe("a password of more than 4096 characters", () => {
    test("is refused before it is hashed or brought into another form", async () => {
      const { auth } = await start({ realHash: true });
      await signUp({ auth }, "ada");
      const password = "a".repeat(4097);
      await expectCode(auth.useKey("email", "ada", password), "AUTH_INVALID_PASSWORD");
      await expectCode(auth.updateKeyPassword("email", "ada", password), "AUTH_INVALID_PASSWORD");
    });
  });

  describe("a key of a type that is misspelt", () => {
    test("is refused where it would never expire", async () => {
      const { auth, raw } = await start();
      const { userId } = await signUp({ auth }, "ada");
      const key = { providerId: "reset", providerUserId: "ada", password: null, expiresIn: NaN };
      const error = await rejectionOf(
        auth.createKey(userId, untyped({ type: "singleUse", ...key })),
      );
      expect(error).toBeInstanceOf(TypeError);
      expect(await raw.rows("auth_key")).toHaveLength(1);
    });
  });
}

import type { LogEvent } from "kysely";
import { describe, expect, test } from "vitest";
import type { Context } from "../context.js";
import { expectCode, rejectionOf, untyped } from "../support/calls.js";
import { signUp } from "../support/fixtures.js";

/** Strings that no database stores as they are: drivers change them, or servers refuse them. */
const IMPOSSIBLE = [
  ["a NUL byte", "ada\0"],
  ["half of a surrogate pair", "ada\ud800"],
  ["the other half", "\udc00ada"],
] as const;

/** Ids that nothing can be stored under: from a cookie, a form or a URL may come anything. */
export function impossibleIdsTests({ start }: Context): void {
  const signedUp = async () => {
    const started = await start();
    const { userId } = await signUp(started, "ada");
    // What a driver makes of half a surrogate pair.
    await started.auth.createKey(userId, {
      type: "persistent",
      providerId: "email",
      providerUserId: "ada\ufffd",
      password: null,
    });
    const { sessionId } = await started.auth.createSession(userId);
    const authRows = async () => [
      await started.raw.rows("auth_user"),
      await started.raw.rows("auth_key"),
      await started.raw.rows("auth_session"),
    ];
    return { ...started, userId, sessionId, authRows, before: await authRows() };
  };

  describe.each(IMPOSSIBLE)("an id with %s", (_, id) => {
    test("finds nothing", async () => {
      const { auth, authRows, before } = await signedUp();
      await expectCode(auth.getUser(id), "AUTH_INVALID_USER_ID");
      await expectCode(auth.getKey("email", id), "AUTH_INVALID_KEY_ID");
      await expectCode(auth.useKey("email", id, null), "AUTH_INVALID_KEY_ID");
      await expectCode(auth.updateKeyPassword("email", id, "new"), "AUTH_INVALID_KEY_ID");
      await expectCode(auth.getSession(id), "AUTH_INVALID_SESSION_ID");
      await expectCode(auth.validateSession(id), "AUTH_INVALID_SESSION_ID");
      await expectCode(auth.validateSessionUser(id), "AUTH_INVALID_SESSION_ID");
      await expectCode(auth.updateUserAttributes(id, { nickname: "Ada" }), "AUTH_INVALID_USER_ID");
      await expectCode(auth.createSession(id), "AUTH_INVALID_USER_ID");
      expect(await authRows()).toEqual(before);
    });

    test("deletes nothing, and is no error then", async () => {
      const { auth, authRows, before } = await signedUp();
      await auth.invalidateSession(id);
      await auth.invalidateAllUserSessions(id);
      await auth.deleteDeadUserSessions(id);
      await auth.deleteKey("email", id);
      await auth.deleteUser(id);
      expect(await authRows()).toEqual(before);
    });

    test("is refused where it would be stored, in words, and without being repeated", async () => {
      const { auth, userId, authRows, before } = await signedUp();
      const key = { providerId: "github", providerUserId: id, password: null };
      const errors = [
        await rejectionOf(auth.createUser({ primaryKey: key, attributes: { username: "bob" } })),
        await rejectionOf(auth.createKey(userId, { type: "persistent", ...key })),
      ];
      for (const error of errors) {
        expect(error).toBeInstanceOf(TypeError);
        expect(String(error)).toMatch(/key's id.*Expected .*without NUL.*Nothing was stored/);
        expect(String(error)).not.toContain("github");
      }
      expect(await authRows()).toEqual(before);
    });

    test("made by the app's own generateCustomUserId stores nothing", async () => {
      const { auth, raw } = await start({ lucia: { generateCustomUserId: () => id } });
      const error = await rejectionOf(signUp({ auth }, "ada"));
      expect(error).toBeInstanceOf(TypeError);
      expect(String(error)).toMatch(/user's id/);
      expect(await raw.rows("auth_user")).toEqual([]);
      expect(await raw.rows("auth_key")).toEqual([]);
    });
  });

  describe("an id that is no string", () => {
    // To a driver that puts values into the text of a query, an object can be a condition.
    const ids: unknown[] = [
      undefined,
      null,
      7,
      true,
      {},
      { id: "x" },
      ["x"],
      { toString: () => "x" },
    ];

    test.each(ids)("(%j) finds and deletes nothing", async (id) => {
      const { auth, authRows, before } = await signedUp();
      await expectCode(auth.getUser(untyped(id)), "AUTH_INVALID_USER_ID");
      expect(await rejectionOf(auth.getSession(untyped(id)))).toBeInstanceOf(Error);
      expect(await rejectionOf(auth.validateSession(untyped(id)))).toBeInstanceOf(Error);
      await expectCode(auth.createSession(untyped(id)), "AUTH_INVALID_USER_ID");
      await auth.invalidateSession(untyped(id)).catch(() => {});
      await auth.invalidateAllUserSessions(untyped(id));
      await auth.deleteUser(untyped(id));
      expect(await authRows()).toEqual(before);
    });
  });

  test("a very long id finds nothing", async () => {
    const { auth } = await signedUp();
    const id = "x".repeat(100_000);
    await expectCode(auth.getUser(id), "AUTH_INVALID_USER_ID");
    await expectCode(auth.getKey("email", id), "AUTH_INVALID_KEY_ID");
    await expectCode(auth.validateSession(id), "AUTH_INVALID_SESSION_ID");
  });

  test("ids that differ by case, an accent or a space are different", async () => {
    const { auth, raw } = await start();
    const names = ["ada", "Ada", "adá", "ada ", " ada", "ad\u0061\u0301"];
    const users = new Map<string, string>();
    for (const [index, providerUserId] of names.entries()) {
      const primaryKey = { providerId: "email", providerUserId, password: null };
      const attributes = { username: `user ${index}` };
      users.set(providerUserId, (await auth.createUser({ primaryKey, attributes })).userId);
    }
    for (const name of names) {
      const key = await auth.useKey("email", name, null);
      expect(key.userId, name).toBe(users.get(name));
    }
    expect(await raw.rows("auth_key")).toHaveLength(names.length);
    const { sessionId } = await auth.createSession(users.get("ada") ?? "");
    const upper = sessionId.toUpperCase();
    await expectCode(auth.validateSession(upper), "AUTH_INVALID_SESSION_ID");
    await auth.invalidateSession(upper);
    expect(await raw.rows("auth_session")).toHaveLength(1);
  });

  test("an id of any characters that there are is as good as another", async () => {
    const { auth, userId, raw } = await signedUp();
    const providerUserId = "日本 — 'ada' \"x\" \\ % _ ; -- \u{1f600} \u0001";
    await auth.createKey(userId, {
      type: "persistent",
      providerId: "email",
      providerUserId,
      password: null,
    });
    expect(await auth.getKey("email", providerUserId)).toMatchObject({ userId, providerUserId });
    expect(await raw.rows("auth_key")).toHaveLength(3);
  });

  describe("what is no session id at all", () => {
    test.each(["plain", "hashed", "migrating"] as const)("asks nothing: %s", async (sessionIds) => {
      const statements: string[] = [];
      const log = ({ query }: LogEvent) => void statements.push(query.sql);
      const { auth } = await start({ sessionIds, kysely: { log } });
      statements.length = 0;
      const asked = () => statements.filter((sql) => sql.includes("auth_session"));
      const list = Array(40).fill("x");
      const cutHash = `sha256:${"0".repeat(33)}`;
      const strings = ["short", "x".repeat(41), cutHash];
      for (const id of [undefined, null, 7, {}, list, ...strings].map(untyped)) {
        await expectCode(auth.getSession(id), "AUTH_INVALID_SESSION_ID");
        await expectCode(auth.getSessionUser(id), "AUTH_INVALID_SESSION_ID");
        await expectCode(auth.validateSession(id), "AUTH_INVALID_SESSION_ID");
        await expectCode(auth.validateSessionUser(id), "AUTH_INVALID_SESSION_ID");
        await expectCode(auth.renewSession(id), "AUTH_INVALID_SESSION_ID");
      }
      expect(asked()).toEqual([]);
      for (const id of [undefined, null, 7, {}].map(untyped)) await auth.invalidateSession(id);
      expect(asked()).toEqual([]);
    });
  });
}

import { describe, expect, test } from "vitest";
import type { Context } from "../context.js";
import { atOnce } from "../support/calls.js";
import { signUp } from "../support/fixtures.js";

const SIGNED_OUT = "Error: AUTH_INVALID_SESSION_ID";
const WRONG = "Error: AUTH_INVALID_PASSWORD";

/** Requests of one user that come while its account is being changed. */
export function racesTests({ start }: Context): void {
  const signedIn = async () => {
    const started = await start();
    const user = await signUp(started, "ada");
    const { sessionId } = await started.auth.createSession(user.userId);
    const validations = () => atOnce(20, () => started.auth.validateSessionUser(sessionId));
    return { ...started, user, sessionId, validations };
  };

  describe("validations beside a change of the account", () => {
    test("are answered by the user or by AUTH_INVALID_SESSION_ID while all sessions are ended", async () => {
      const { auth, raw, user, validations } = await signedIn();
      const [{ fulfilled, errors }] = await Promise.all([
        validations(),
        auth.invalidateAllUserSessions(user.userId),
      ]);
      for (const found of fulfilled) expect(found.user).toEqual(user);
      expect(errors.filter((error) => error !== SIGNED_OUT)).toEqual([]);
      expect((await validations()).fulfilled).toEqual([]);
      expect(await raw.rows("auth_session")).toEqual([]);
    });

    test("and so while the user is deleted", async () => {
      const { auth, raw, user, validations } = await signedIn();
      const [{ fulfilled, errors }] = await Promise.all([
        validations(),
        auth.deleteUser(user.userId),
      ]);
      for (const found of fulfilled) expect(found.user).toEqual(user);
      expect(errors.filter((error) => error !== SIGNED_OUT)).toEqual([]);
      expect((await validations()).fulfilled).toEqual([]);
      for (const table of ["auth_user", "auth_key", "auth_session"]) {
        expect(await raw.rows(table)).toEqual([]);
      }
    });

    test("all succeed while attributes and passwords are changed", async () => {
      const { auth, user, validations } = await signedIn();
      const [{ errors }, changes] = await Promise.all([
        validations(),
        atOnce(10, async (index) => {
          await auth.updateUserAttributes(user.userId, { nickname: `Ada ${index}` });
          await auth.updateKeyPassword("email", "ada", `password ${index}`);
        }),
      ]);
      expect(errors).toEqual([]);
      expect(changes.errors).toEqual([]);
    });
  });

  describe("changes of one user at once", () => {
    test("each return the user as that call has made it", async () => {
      const { auth, user } = await signedIn();
      const { fulfilled, errors } = await atOnce(20, (index) =>
        auth.updateUserAttributes(user.userId, { nickname: `${index}` }),
      );
      expect(errors).toEqual([]);
      const nicknames = fulfilled.map(({ nickname }) => Number(nickname));
      expect(nicknames.sort((a, b) => a - b)).toEqual([...Array(20).keys()]);
    });
  });

  describe("sign-ins beside a change of the password", () => {
    test("succeed with the old one or with the new one, and with the old one never after it", async () => {
      const { auth, user } = await signedIn();
      const signIns = (password: string) => atOnce(10, () => auth.useKey("email", "ada", password));
      const [before, after] = await Promise.all([
        signIns("password of ada"),
        signIns("another"),
        auth.updateKeyPassword("email", "ada", "another"),
      ]);
      for (const { fulfilled, errors } of [before, after]) {
        for (const key of fulfilled) expect(key.userId).toBe(user.userId);
        expect(errors.filter((error) => error !== WRONG)).toEqual([]);
      }
      expect((await signIns("password of ada")).errors).toEqual(Array(10).fill(WRONG));
      expect((await signIns("another")).fulfilled).toHaveLength(10);
    });
  });

  describe("a new password beside the creation of its key", () => {
    test("is stored, or refused because there is no key yet", async () => {
      const { auth, user } = await signedIn();
      const outcomes = await atOnce(50, async (index) => {
        const name = `ada ${index}`;
        const key = { type: "persistent", providerId: "email", providerUserId: name } as const;
        const created = auth.createKey(user.userId, { ...key, password: "old" });
        const updated = await auth.updateKeyPassword("email", name, "new").catch(String);
        await created;
        await auth.useKey("email", name, updated === undefined ? "new" : "old");
        return updated;
      });
      expect(outcomes.errors).toEqual([]);
      const refused = outcomes.fulfilled.filter((outcome) => outcome !== undefined);
      expect([...new Set(refused)]).toEqual(refused.length ? ["Error: AUTH_INVALID_KEY_ID"] : []);
    });
  });

  describe("changes of one user in transactions at once", () => {
    test("are each whole, in some order", async () => {
      const { auth, transaction, raw, user } = await signedIn();
      const { errors } = await atOnce(10, (index) =>
        transaction(
          async ({ db, auth }) => {
            await auth.updateUserAttributes(user.userId, { nickname: `${index}` });
            await auth.updateKeyPassword("email", "ada", `password ${index}`);
            await db
              .insertInto("note")
              .values({ user_id: user.userId, body: `${index}` })
              .execute();
          },
          { retries: 100 },
        ),
      );
      expect(errors).toEqual([]);
      const [row] = await raw.rows("auth_user");
      await auth.useKey("email", "ada", `password ${row?.["nickname"]}`);
      expect(await raw.rows("note")).toHaveLength(10);
    });
  });
}

import { CamelCasePlugin, type KyselyPlugin } from "kysely";
import { describe, expect, test } from "vitest";
import { type Context, hashOf, type Started } from "../context.js";
import { makeIdle, rowOf, signUp } from "../support/fixtures.js";

/** How the app's `db` sees the table of keys through CamelCasePlugin. */
type CamelCased = {
  authKey: { id: string; userId: string; hashedPassword: string | null };
};

/** Goes through sign-up, sign-in and a renewal. */
async function useEverything({ auth, raw }: Pick<Started, "auth" | "raw">) {
  const user = await signUp({ auth }, "ada");
  expect(await auth.useKey("email", "ada", "password of ada")).toMatchObject({ primary: true });
  const session = await auth.createSession(user.userId);
  await makeIdle(raw, session);
  const renewed = await auth.validateSessionUser(session.sessionId);
  expect(renewed).toMatchObject({ user, session: { fresh: true } });
  return { user, renewed: renewed.session };
}

/** The app's Kysely plugins. */
export function pluginsTests({ start }: Context): void {
  describe("Kysely plugins", () => {
    test("CamelCasePlugin renames the app's queries, and none of Lucia's", async () => {
      const { auth, db, raw } = await start({ kysely: { plugins: [new CamelCasePlugin()] } });
      const { user, renewed } = await useEverything({ auth, raw });
      const key = { id: "email:ada", user_id: user.userId, primary_key: true, expires: null };
      const hashed_password = hashOf("password of ada");
      expect(await raw.rows("auth_key")).toEqual([{ ...key, hashed_password }]);
      expect(await raw.rows("auth_session")).toContainEqual(rowOf(renewed));

      const keys = db.withTables<CamelCased>().selectFrom("authKey");
      expect(await keys.select(["id", "userId", "hashedPassword"]).execute()).toEqual([
        { id: "email:ada", userId: user.userId, hashedPassword: hashed_password },
      ]);
      await auth.deleteUser(user.userId);
      expect(await raw.rows("auth_session")).toEqual([]);
    });

    test("CamelCasePlugin works inside a transaction in the same way", async () => {
      const { transaction, raw } = await start({ kysely: { plugins: [new CamelCasePlugin()] } });
      await transaction(async ({ db, auth }) => {
        const { userId } = await signUp({ auth }, "ada");
        const session = await auth.createSession(userId);
        expect(await auth.validateSession(session.sessionId)).toMatchObject({ userId });
        const keys = db.withTables<CamelCased>().selectFrom("authKey");
        expect(await keys.select("userId").execute()).toEqual([{ userId }]);
      });
      expect(await raw.rows("auth_session")).toHaveLength(1);
    });

    test("are never given an auth query, nor its result", async () => {
      const seen: string[] = [];
      const plugin: KyselyPlugin = {
        transformQuery: ({ node }) => {
          seen.push(node.kind);
          return node;
        },
        transformResult: async ({ result }) => {
          seen.push("result");
          return result;
        },
      };
      const { auth, db, transaction, migrate, raw } = await start({
        kysely: { plugins: [plugin] },
      });
      await migrate();
      await useEverything({ auth, raw });
      await transaction(async (scope) => {
        const { userId } = await signUp(scope, "bob");
        await scope.auth.deleteUser(userId);
      });
      expect(seen).toEqual([]);
      await db.selectFrom("note").selectAll().execute();
      expect(seen).toEqual(["SelectQueryNode", "result"]);
    });
  });
}

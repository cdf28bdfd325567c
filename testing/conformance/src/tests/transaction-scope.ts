import { describe, expect, test } from "vitest";
import type { Context, Started } from "../context.js";
import { gate, rejectionOf } from "../support/calls.js";
import { rowOf, signUp } from "../support/fixtures.js";

const expectRefused = async (call: Promise<unknown>) => {
  expect(String(await rejectionOf(call))).toMatch(/^ConfigurationError.*used inside a transaction/);
};

/** Uses of what is outside of the transaction, inside of it: by mistake, or as code did before. */
const MISTAKES: [name: string, run: (outer: Started, userId: string) => Promise<unknown>][] = [
  [
    "the outer auth",
    ({ auth, transaction }, userId) =>
      transaction(async () => {
        await expectRefused(auth.createSession(userId));
        throw new Error("The work has failed");
      }),
  ],
  [
    "the outer db",
    ({ db, transaction }, user_id) =>
      transaction(async () => {
        await expectRefused(db.insertInto("note").values({ user_id, body: "Lost" }).execute());
        throw new Error("The work has failed");
      }),
  ],
  [
    "the outer auth for a sign-up",
    ({ auth, transaction }) =>
      transaction(async () => {
        await expectRefused(signUp({ auth }, "bob"));
        throw new Error("The work has failed");
      }),
  ],
  [
    "the outer auth in a transaction of Kysely's own",
    ({ auth, db }, userId) =>
      db.transaction().execute(async () => {
        await expectRefused(auth.createSession(userId));
        throw new Error("The work has failed");
      }),
  ],
];

/** What belongs to a transaction, and what does not. */
export function transactionScopeTests({ oneAuth, start }: Context): void {
  // Where each call is made in a transaction, the outer `auth` joins the one around as a savepoint.
  const mistakes = MISTAKES.filter(([name]) => oneAuth || name === "the outer db");

  describe("an open transaction", () => {
    test("does not take along what another request writes", async () => {
      const { auth, transaction, raw } = await start();
      const { userId } = await signUp({ auth }, "ada");
      const begun = gate();
      const over = gate();
      const rolledBack = rejectionOf(
        transaction(async ({ db }) => {
          await db.insertInto("note").values({ user_id: userId, body: "Lost" }).execute();
          begun.open();
          await over.opened;
          throw new Error("The work has failed");
        }),
      );
      await begun.opened;
      const others = Promise.all([auth.createSession(userId), signUp({ auth }, "bob")]);
      over.open();
      await rolledBack;
      const [session, bob] = await others;
      expect(await raw.rows("note")).toEqual([]);
      expect(await raw.rows("auth_session")).toEqual([rowOf(session)]);
      expect(await raw.rows("auth_user")).toContainEqual({
        id: bob.userId,
        username: "bob",
        nickname: null,
      });
    });

    test.each(mistakes)(
      "refuses %s, and writes nothing outside of the transaction",
      async (_, run) => {
        const started = await start();
        const { userId } = await signUp(started, "ada");
        const error = await rejectionOf(run(started, userId));
        expect(String(error)).toBe("Error: The work has failed");
        expect(await started.raw.rows("auth_session")).toEqual([]);
        expect(await started.raw.rows("auth_user")).toMatchObject([{ id: userId }]);
        await started.auth.createSession(userId);
        expect(await started.raw.rows("auth_session")).toHaveLength(1);
      },
    );
  });
}

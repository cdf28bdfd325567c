import { outcomeOf, type Scenario } from "./scenario.js";

const USES = 3;
const KEYS_WITHOUT_PASSWORD = 10;

/** Keys for single use, each tried by three requests at once: one with a password, others without. */
export const d08: Scenario<{ usesWithPassword: number; usesWithout: number; usesAfter: number }> = {
  id: "D8",

  run: async ({ auth, db }) => {
    const { userId } = await auth.createUser({ primaryKey: null, attributes: {} });
    const create = (providerId: string, password: string | null) =>
      auth.createKey(userId, {
        type: "single_use",
        providerId,
        providerUserId: "ada",
        password,
        expiresIn: 60,
      });
    const use = async (providerId: string, password: string | null, times = USES) => {
      const outcomes = await Promise.all(
        Array.from({ length: times }, () => outcomeOf(auth.useKey(providerId, "ada", password))),
      );
      return outcomes.filter((outcome) => outcome === "done").length;
    };

    // As in an app that is busy, no request has to wait for its connection to be made.
    const query = db.selectFrom("note").selectAll();
    await Promise.all(Array.from({ length: USES }, () => query.execute()));

    await create("invitation", "correct horse");
    const usesWithPassword = await use("invitation", "correct horse");
    let usesWithout = 0;
    let usesAfter = await use("invitation", "correct horse", 1);
    for (let n = 0; n < KEYS_WITHOUT_PASSWORD; n += 1) {
      await create(`reset${n}`, null);
      usesWithout += await use(`reset${n}`, null);
      usesAfter += await use(`reset${n}`, null, 1);
    }
    return { usesWithPassword, usesWithout, usesAfter };
  },

  holds: ({ usesWithPassword, usesWithout, usesAfter }) =>
    usesWithPassword === 1 && usesWithout === KEYS_WITHOUT_PASSWORD && usesAfter === 0,

  inWords: ({ usesWithPassword }) => `used ${usesWithPassword} times`,
};

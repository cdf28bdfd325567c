import { outcomeOf, type Scenario } from "./scenario.js";

/** One key for single use, tried by three requests at once: with a password and without one. */
export const d08: Scenario<{ usesWithPassword: number; usesWithout: number; usesAfter: number }> = {
  id: "D8",
  title: "a key for single use can be used several times at once",

  run: async ({ auth }) => {
    const { userId } = await auth.createUser({ primaryKey: null, attributes: {} });
    const uses = async (providerId: string, password: string | null, times: number) => {
      const outcomes = await Promise.all(
        Array.from({ length: times }, () => outcomeOf(auth.useKey(providerId, "ada", password))),
      );
      return outcomes.filter((outcome) => outcome === "done").length;
    };
    const create = (providerId: string, password: string | null) =>
      auth.createKey(userId, {
        type: "single_use",
        providerId,
        providerUserId: "ada",
        password,
        expiresIn: 60,
      });

    await create("invitation", "correct horse");
    await create("reset", null);
    return {
      usesWithPassword: await uses("invitation", "correct horse", 3),
      usesWithout: await uses("reset", null, 3),
      usesAfter: (await uses("invitation", "correct horse", 1)) + (await uses("reset", null, 1)),
    };
  },

  holds: ({ usesWithPassword, usesWithout, usesAfter }) =>
    usesWithPassword === 1 && usesWithout === 1 && usesAfter === 0,
};

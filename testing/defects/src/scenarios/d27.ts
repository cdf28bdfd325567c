import { outcomeOf, type Scenario } from "./scenario.js";

/** One key, asked for in both readings of its id. */
export const d27: Scenario<{ otherReading: string; newKeyOfOtherReading: string }> = {
  id: "D27",
  luciaAlone: true,
  keptBecause: "apps may rely on it",

  run: async ({ auth }) => {
    const { userId } = await auth.createUser({
      primaryKey: { providerId: "p:q", providerUserId: "r", password: null },
      attributes: {},
    });
    return {
      otherReading: await outcomeOf(auth.useKey("p", "q:r", null)),
      newKeyOfOtherReading: await outcomeOf(
        auth.createKey(userId, {
          type: "persistent",
          providerId: "p",
          providerUserId: "q:r",
          password: null,
        }),
      ),
    };
  },

  holds: ({ otherReading, newKeyOfOtherReading }) =>
    otherReading === "AUTH_INVALID_KEY_ID" && newKeyOfOtherReading === "done",

  inWords: ({ otherReading }) => `the other reading → ${otherReading}`,
};

import { outcomeOf, type Scenario } from "./scenario.js";

/** A new key for single use, and then its use. */
export const d25: Scenario<{ expired: boolean; use: string }> = {
  id: "D25",
  luciaAlone: true,

  run: async ({ auth }) => {
    const { userId } = await auth.createUser({ primaryKey: null, attributes: {} });
    const key = await auth.createKey(userId, {
      type: "single_use",
      providerId: "reset",
      providerUserId: "ada",
      password: null,
      expiresIn: 60,
    });
    return {
      expired: "expired" in key && key.expired,
      use: await outcomeOf(auth.useKey("reset", "ada", null)),
    };
  },

  holds: ({ expired, use }) => !expired && use === "done",

  inWords: ({ expired, use }) => `expired → ${expired}, use → ${use}`,
};

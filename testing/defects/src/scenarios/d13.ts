import { outcomeOf, type Scenario } from "./scenario.js";

const ids = ["same", "same", "third", "fourth"].values();

/** The official adapters look for these words in messages, in which servers quote the value. */
const NAME = "PRIMARY Key (id)";

/** Nothing but a key that is taken is reported as such: not a user id, nor a column of the app's. */
export const d13: Scenario<{ userIdTaken: string; usernameTaken: string; keyTaken: string }> = {
  id: "D13",
  lucia: { generateCustomUserId: () => ids.next().value ?? "last" },

  run: async ({ auth }) => {
    const signUp = (providerUserId: string, username: string) =>
      auth.createUser({
        primaryKey: { providerId: "email", providerUserId, password: null },
        attributes: { username },
      });
    await signUp("ada@example.com", NAME);
    return {
      userIdTaken: await outcomeOf(signUp("grace@example.com", "grace")),
      usernameTaken: await outcomeOf(signUp("grace@example.com", NAME)),
      keyTaken: await outcomeOf(signUp("ada@example.com", "grace")),
    };
  },

  holds: ({ userIdTaken, usernameTaken, keyTaken }) =>
    !isMistaken(userIdTaken) && !isMistaken(usernameTaken) && keyTaken === "AUTH_DUPLICATE_KEY_ID",

  inWords: ({ userIdTaken, usernameTaken }) =>
    `user id → ${userIdTaken}${isMistaken(usernameTaken) ? `, name → ${usernameTaken}` : ""}`,
};

/** The error is the driver's own where the value is not that of a key. */
function isMistaken(code: string): boolean {
  return code === "done" || code.startsWith("AUTH_");
}

import { outcomeOf, type Scenario } from "./scenario.js";

/** Every way for an empty password to come in, and for a password to meet a key that has none. */
export const d07: Scenario<{
  emptyAtSignUp: string;
  anyPasswordThen: string;
  emptyForNewKey: string;
  emptyForChange: string;
  formerPasswordThen: string;
  anyPasswordForKeyWithout: string;
  emptyForKeyWithout: string;
  missingForKeyWithout: string;
  nullForKeyWithout: string;
}> = {
  id: "D7",
  luciaAlone: true,

  run: async ({ auth }) => {
    const signUp = (providerUserId: string, password: string | null) =>
      auth.createUser({
        primaryKey: { providerId: "name", providerUserId, password },
        attributes: {},
      });
    const emptyAtSignUp = await outcomeOf(signUp("empty", ""));
    const { userId } = await signUp("ada", "correct horse");
    await signUp("keyless", null);
    const newKey = {
      type: "persistent",
      providerId: "second",
      providerUserId: "ada",
      password: "",
    } as const;

    return {
      emptyAtSignUp,
      anyPasswordThen: await outcomeOf(auth.useKey("name", "empty", "anything")),
      emptyForNewKey: await outcomeOf(auth.createKey(userId, newKey)),
      emptyForChange: await outcomeOf(auth.updateKeyPassword("name", "ada", "")),
      formerPasswordThen: await outcomeOf(auth.useKey("name", "ada", "correct horse")),
      anyPasswordForKeyWithout: await outcomeOf(auth.useKey("name", "keyless", "anything")),
      emptyForKeyWithout: await outcomeOf(auth.useKey("name", "keyless", "")),
      // What an app in plain JavaScript calls it with where the form has no such field.
      missingForKeyWithout: await outcomeOf(
        Reflect.apply(auth.useKey, auth, ["name", "keyless", undefined]),
      ),
      nullForKeyWithout: await outcomeOf(auth.useKey("name", "keyless", null)),
    };
  },

  holds: ({ anyPasswordThen, formerPasswordThen, nullForKeyWithout, ...refused }) =>
    anyPasswordThen === "AUTH_INVALID_KEY_ID" &&
    formerPasswordThen === "done" &&
    nullForKeyWithout === "done" &&
    Object.values(refused).every((outcome) => outcome === "AUTH_INVALID_PASSWORD"),

  inWords: ({ anyPasswordThen }) => `any password → ${anyPasswordThen}`,
};

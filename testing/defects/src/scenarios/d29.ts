import { count, outcomeOf, type Scenario } from "./scenario.js";

/** The first check of a password has begun, and may end: two gates, each of which opens once. */
const begun = gate();
const mayEnd = gate();
let checks = 0;

/**
 * Two requests with the code of one key. While the first one's is being checked, the second one uses
 * the key, and the app issues a new one.
 */
export const d29: Scenario<{ firstUse: string; newKeys: number; newKey: string }> = {
  id: "D29",
  lucia: {
    hash: {
      generate: (password) => `hash of ${password}`,
      validate: async (password, hash) => {
        checks += 1;
        if (checks === 1) {
          begun.open();
          await mayEnd.opened;
        }
        return hash === `hash of ${password}`;
      },
    },
  },

  run: async (wiring) => {
    const { auth } = wiring;
    const { userId } = await auth.createUser({ primaryKey: null, attributes: {} });
    const issue = (password: string) =>
      auth.createKey(userId, {
        type: "single_use",
        providerId: "reset",
        providerUserId: "ada",
        password,
        expiresIn: 60,
      });
    const use = (password: string) => outcomeOf(auth.useKey("reset", "ada", password));

    await issue("first code");
    const firstUse = use("first code");
    await begun.opened;
    await use("first code");
    await issue("second code");
    mayEnd.open();
    return {
      firstUse: await firstUse,
      newKeys: await count(wiring, "auth_key"),
      newKey: await use("second code"),
    };
  },

  holds: ({ firstUse, newKeys, newKey }) =>
    firstUse === "AUTH_INVALID_KEY_ID" && newKeys === 1 && newKey === "done",

  inWords: ({ newKey }) => `the newer key → ${newKey}`,
};

function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

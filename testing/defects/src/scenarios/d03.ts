import { count, many, outcomeOf, type Scenario, USERS_WITHOUT_KEY } from "./scenario.js";

/** A sign-up with an address that is taken, and then another attempt with a new address. */
export const d03: Scenario<{
  addressTaken: string;
  usersWithoutKey: number;
  sameNameAgain: string;
}> = {
  id: "D3",

  run: async (wiring) => {
    const signUp = (providerUserId: string, username: string) =>
      wiring.auth.createUser({
        primaryKey: { providerId: "email", providerUserId, password: null },
        attributes: { username },
      });
    await signUp("ada@example.com", "ada");
    return {
      addressTaken: await outcomeOf(signUp("ada@example.com", "grace")),
      usersWithoutKey: await count(wiring, USERS_WITHOUT_KEY),
      sameNameAgain: await outcomeOf(signUp("grace@example.com", "grace")),
    };
  },

  holds: ({ addressTaken, usersWithoutKey, sameNameAgain }) =>
    addressTaken === "AUTH_DUPLICATE_KEY_ID" && usersWithoutKey === 0 && sameNameAgain === "done",

  inWords: ({ usersWithoutKey }) => `${many(usersWithoutKey, "user")} without a key`,
};

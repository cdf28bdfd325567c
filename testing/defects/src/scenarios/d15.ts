import { many, outcomeOf, type Scenario } from "./scenario.js";

let hashed = 0;

/** Takes no time, unlike a real one: what it costs is how often it is called. */
const countingHash = {
  generate: (password: string) => {
    hashed += 1;
    return `hash of ${password}`;
  },
  validate: (password: string, hash: string) => {
    hashed += 1;
    return hash === `hash of ${password}`;
  },
};

/** Somebody tries addresses with a password, to see which of them have an account. */
export const d15: Scenario<{
  knownKey: string;
  unknownKey: string;
  hashesForKnownKey: number;
  hashesForUnknownKey: number;
}> = {
  id: "D15",
  luciaAlone: true,
  lucia: { hash: countingHash },

  run: async ({ auth }) => {
    await auth.createUser({
      primaryKey: { providerId: "email", providerUserId: "ada@example.com", password: "correct" },
      attributes: {},
    });
    const signIn = async (address: string) => {
      const before = hashed;
      const outcome = await outcomeOf(auth.useKey("email", address, "wrong"));
      return { outcome, hashes: hashed - before };
    };
    const known = await signIn("ada@example.com");
    const unknown = await signIn("grace@example.com");
    return {
      knownKey: known.outcome,
      unknownKey: unknown.outcome,
      hashesForKnownKey: known.hashes,
      hashesForUnknownKey: unknown.hashes,
    };
  },

  holds: ({ knownKey, unknownKey, hashesForKnownKey, hashesForUnknownKey }) =>
    knownKey === "AUTH_INVALID_PASSWORD" &&
    unknownKey === "AUTH_INVALID_KEY_ID" &&
    hashesForKnownKey === 1 &&
    hashesForUnknownKey === 1,

  isCost: true,
  inWords: ({ hashesForKnownKey, hashesForUnknownKey }) =>
    `${many(hashesForKnownKey, "hash", "hashes")} for a known key, ${hashesForUnknownKey} for an unknown`,
};

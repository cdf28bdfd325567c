import type { Expected } from "./result.js";

const INVALID_BYTES = "22021";
const TOO_LONG_FOR_INDEX = "54000";

export const byHandPostgres: Readonly<Record<string, Expected>> = {
  D1a: { outcome: "failed", observation: { answeredSignUps: 9, ownQuery: "no answer" } },
  D1b: { outcome: "failed", observation: { answeredSignUps: 0, ownQuery: "no answer" } },
  D3: {
    outcome: "failed",
    observation: {
      addressTaken: "AUTH_DUPLICATE_KEY_ID",
      usersWithoutKey: 1,
      sameNameAgain: "23505",
    },
  },
  D12: { outcome: "crashed", stderr: /canceling statement due to lock timeout/ },
  D13: {
    outcome: "failed",
    observation: {
      userIdTaken: "AUTH_DUPLICATE_KEY_ID",
      usernameTaken: "AUTH_DUPLICATE_KEY_ID",
      keyTaken: "AUTH_DUPLICATE_KEY_ID",
    },
  },
  D17: {
    outcome: "failed",
    observation: {
      active_expires: "a string for bigint or number",
      primary_key: "as declared",
      expires: "a string for bigint or number",
    },
  },
  D22a: {
    outcome: "failed",
    observation: {
      useKeyNul: INVALID_BYTES,
      validateSessionNul: INVALID_BYTES,
      getUserNul: INVALID_BYTES,
      createKeyNul: INVALID_BYTES,
      createUserNul: INVALID_BYTES,
      createKeySurrogate: "done",
      createUserSurrogate: "done",
      signInWithOtherSurrogate: "done",
      createKeyLong: TOO_LONG_FOR_INDEX,
      createUserLong: TOO_LONG_FOR_INDEX,
      storedKeys: 2,
      storedUsers: 4,
    },
  },
  // The first error of either scenario, or else the second one.
  D23a: { outcome: "crashed", stderr: /LuciaError: AUTH_INVALID_USER_ID|due to lock timeout/ },
  D23b: {
    outcome: "crashed",
    stderr: /constraint "auth_user_username_key"|due to lock timeout/,
  },
};

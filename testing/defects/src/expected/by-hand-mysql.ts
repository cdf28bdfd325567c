import type { Expected } from "./result.js";

export const byHandMysql: Readonly<Record<string, Expected>> = {
  D2a: { outcome: "failed", observation: { answeredSignUps: 9, ownQuery: "no answer" } },
  D2b: { outcome: "failed", observation: { answeredSignUps: 0, ownQuery: "no answer" } },
  D3: {
    outcome: "failed",
    observation: {
      addressTaken: "AUTH_DUPLICATE_KEY_ID",
      usersWithoutKey: 1,
      sameNameAgain: "ER_DUP_ENTRY",
    },
  },
  D5: { outcome: "failed", observation: { signUp: "done", ownQuery: "no answer" } },
  D6: {
    outcome: "failed",
    observation: {
      signInAsOther: "done",
      keyOfOther: "done",
      newPasswordForOther: "done",
      passwordOfOther: "AUTH_INVALID_PASSWORD",
      keysOfOther: 1,
      sessionOfOther: "done",
      sessionsOfOther: 0,
      userByLikeness: "done",
    },
  },
  D12: { outcome: "crashed", stderr: /Lock wait timeout exceeded/ },
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
      active_expires: "a number for bigint or number",
      primary_key: "as declared",
      expires: "a number for bigint or number",
    },
  },
  D22a: {
    outcome: "failed",
    observation: {
      createKeySurrogate: "done",
      createUserSurrogate: "done",
      signInWithOtherSurrogate: "done",
      createKeyLong: "ER_DATA_TOO_LONG",
      createUserLong: "ER_DATA_TOO_LONG",
      useKeyLongAfterwards: "AUTH_INVALID_KEY_ID",
      storedKeys: 4,
      storedUsers: 4,
    },
  },
  D22b: {
    outcome: "failed",
    observation: {
      createKeyLong: "done",
      createUserLong: "done",
      useKeyLongAfterwards: "AUTH_INVALID_KEY_ID",
      storedKeys: 6,
      storedUsers: 4,
    },
  },
  // The first error of either scenario, or else the second one.
  D23a: { outcome: "crashed", stderr: /LuciaError: AUTH_INVALID_USER_ID|Lock wait timeout/ },
  D23b: { outcome: "crashed", stderr: /Duplicate entry 'ada' for key|Lock wait timeout/ },
};

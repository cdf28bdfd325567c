import { type Expected, moreThan } from "./result.js";

const some = moreThan(0);
const locked = /SqliteError: database is locked/;

export const byHandSqlite: Readonly<Record<string, Expected>> = {
  D3: {
    outcome: "failed",
    observation: {
      addressTaken: "AUTH_DUPLICATE_KEY_ID",
      usersWithoutKey: 1,
      sameNameAgain: "SQLITE_CONSTRAINT_UNIQUE",
    },
  },
  D4: {
    outcome: "failed",
    observation: {
      failedRequests: some,
      lostSessions: some,
      lostUsers: some,
      brokenTransactions: some,
      lostNotes: some,
      strayNotes: some,
    },
  },
  D12: { outcome: "crashed", stderr: locked },
  D13: {
    outcome: "failed",
    observation: { userIdTaken: "AUTH_DUPLICATE_KEY_ID", keyTaken: "AUTH_DUPLICATE_KEY_ID" },
  },
  D17: {
    outcome: "failed",
    observation: {
      active_expires: "a number for bigint or number",
      primary_key: "as declared",
      expires: "a number for bigint or number",
    },
  },
  D23a: { outcome: "crashed", stderr: locked },
  D23b: { outcome: "crashed", stderr: locked },
  D24: { outcome: "failed", observation: { nan: "done", infinity: "done", keysForEver: 2 } },
};

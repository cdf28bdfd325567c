import { expect } from "vitest";
import { provisionSqlite } from "../src/provision/sqlite.js";
import { byHandSqlite } from "../src/wirings/by-hand-sqlite.js";
import { oursSqlite } from "../src/wirings/ours-sqlite.js";
import { moreThan, proveDefects } from "./support/prove-defects.js";

const some = moreThan(0);
const locked = expect.stringContaining("SqliteError: database is locked");

proveDefects({
  database: "sqlite",
  provision: provisionSqlite,
  byHand: byHandSqlite,
  ours: oursSqlite,

  shownByHand: {
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
    D7: {
      outcome: "failed",
      observation: {
        emptyAtSignUp: "done",
        anyPasswordThen: "done",
        emptyForNewKey: "done",
        emptyForChange: "done",
        formerPasswordThen: "AUTH_INVALID_PASSWORD",
        anyPasswordForKeyWithout: "done",
        emptyForKeyWithout: "done",
        missingForKeyWithout: "done",
        nullForKeyWithout: "done",
      },
    },
    D8: { outcome: "failed", observation: { usesWithPassword: 3, usesWithout: 30, usesAfter: 0 } },
    D9: {
      outcome: "failed",
      observation: {
        validateDuringFault: "done",
        validateUserDuringFault: "done",
        cookiesCleared: 2,
        signedInAfterwards: false,
      },
    },
    D10: { outcome: "failed", observation: { signedIn: 8 } },
    D11: {
      outcome: "failed",
      observation: { ownHash: "AUTH_INVALID_PASSWORD", hashOfLucia: "AUTH_INVALID_PASSWORD" },
    },
    D12: { outcome: "crashed", stderr: locked },
    D13: {
      outcome: "failed",
      observation: { userIdTaken: "AUTH_DUPLICATE_KEY_ID", keyTaken: "AUTH_DUPLICATE_KEY_ID" },
    },
    D14: {
      outcome: "failed",
      observation: { sameOrigin: false, otherPort: false, otherSite: false },
    },
    D18: { outcome: "failed", observation: { openBefore: true, openAfter: true } },
    D20: { outcome: "failed", observation: { rightPassword: "AUTH_OUTDATED_PASSWORD" } },
    D23a: { outcome: "crashed", stderr: locked },
    D23b: { outcome: "crashed", stderr: locked },
  },
});

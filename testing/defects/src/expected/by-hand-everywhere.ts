import { about, type Expected, moreThan } from "./result.js";

const failed = (observation: NonNullable<Expected["observation"]>): Expected => ({
  outcome: "failed",
  observation,
});

/** What shows in the same way on all databases. */
export const byHandEverywhere: Readonly<Record<string, Expected>> = {
  D7: failed({
    emptyAtSignUp: "done",
    anyPasswordThen: "done",
    emptyForNewKey: "done",
    emptyForChange: "done",
    formerPasswordThen: "AUTH_INVALID_PASSWORD",
    anyPasswordForKeyWithout: "done",
    emptyForKeyWithout: "done",
    missingForKeyWithout: "done",
    nullForKeyWithout: "done",
  }),
  D8: failed({ usesWithPassword: moreThan(1), usesWithout: moreThan(10), usesAfter: 0 }),
  D9: failed({
    validateDuringFault: "done",
    validateUserDuringFault: "done",
    cookiesCleared: 2,
    signedInAfterwards: false,
  }),
  D10: failed({ signedIn: 8 }),
  D11: failed({ ownHash: "AUTH_INVALID_PASSWORD", hashOfLucia: "AUTH_INVALID_PASSWORD" }),
  D14: failed({ sameOrigin: false, otherPort: false, otherSite: false }),
  D15: failed({ hashesForKnownKey: 1, hashesForUnknownKey: 0 }),
  D16: failed({ rowsWith1: about(1), rowsWith10: about(10), rowsWith1000: about(1000) }),
  D18: failed({ openBefore: true, openAfter: true }),
  D19: failed({
    rightPassword: false,
    wrongPassword: "done",
    session: false,
    sessionThatIsOver: "done",
    ownColumn: true,
  }),
  D20: failed({ rightPassword: "AUTH_OUTDATED_PASSWORD" }),
  D21: failed({ passwordsPrinted: 1, sessionIdsPrinted: 3 }),
  D25: failed({ expired: true, use: "done" }),
  D26: failed({ ownCookiesIntact: 0, sessionCookies: 1, otherCookies: 4 }),
  D27: failed({ otherReading: "done", newKeyOfOtherReading: "AUTH_DUPLICATE_KEY_ID" }),
  D28a: failed({ signedIn: 5, newSessions: 5 }),
  D28b: failed({ sessionsThatSurvived: moreThan(0) }),
  D29: failed({ firstUse: "done", newKeys: 0, newKey: "AUTH_INVALID_KEY_ID" }),
};

import { count, outcomeOf, type Scenario } from "./scenario.js";

const NAME = "AbC.josé";
/** Equal to it in collations that tell neither case, nor accents, nor spaces at the end apart. */
const LIKENESS = "aBc.jose ";

/** Somebody who is called nearly like somebody else, on tables that compare by the server's default. */
export const d06: Scenario<{
  signInAsOther: string;
  keyOfOther: string;
  newPasswordForOther: string;
  passwordOfOther: string;
  keysOfOther: number;
  sessionOfOther: string;
  sessionsOfOther: number;
  userByLikeness: string;
}> = {
  id: "D6",
  only: { on: ["mysql"], because: "texts are compared byte by byte" },
  // In capitals only, so that its form in small letters differs.
  lucia: { generateCustomUserId: () => "ADALOVELACE" },

  run: async (wiring) => {
    const { auth } = wiring;
    const { userId } = await auth.createUser({
      primaryKey: { providerId: "name", providerUserId: NAME, password: "correct horse" },
      attributes: {},
    });
    const withoutPassword = { type: "persistent", password: null } as const;
    await auth.createKey(userId, { ...withoutPassword, providerId: "idp", providerUserId: NAME });
    const { sessionId } = await auth.createSession(userId);
    const likeSession = otherCase(sessionId);

    const signInAsOther = await outcomeOf(auth.useKey("idp", LIKENESS, null));
    const keyOfOther = await outcomeOf(auth.getKey("idp", LIKENESS));
    const newPassword = auth.updateKeyPassword("name", LIKENESS, "mine");
    const newPasswordForOther = await outcomeOf(newPassword);
    const passwordOfOther = await outcomeOf(auth.useKey("name", NAME, "correct horse"));
    await auth.deleteKey("idp", LIKENESS);
    const sessionOfOther = await outcomeOf(auth.validateSession(likeSession));
    await auth.invalidateSession(likeSession);
    return {
      signInAsOther,
      keyOfOther,
      newPasswordForOther,
      passwordOfOther,
      keysOfOther: await count(wiring, "auth_key"),
      sessionOfOther,
      sessionsOfOther: await count(wiring, "auth_session"),
      userByLikeness: await outcomeOf(auth.getUser(userId.toLowerCase())),
    };
  },

  holds: (seen) =>
    seen.signInAsOther === "AUTH_INVALID_KEY_ID" &&
    seen.keyOfOther === "AUTH_INVALID_KEY_ID" &&
    seen.newPasswordForOther === "AUTH_INVALID_KEY_ID" &&
    seen.passwordOfOther === "done" &&
    seen.keysOfOther === 2 &&
    seen.sessionOfOther === "AUTH_INVALID_SESSION_ID" &&
    seen.sessionsOfOther === 1 &&
    seen.userByLikeness === "AUTH_INVALID_USER_ID",

  inWords: ({ signInAsOther }) => `as somebody else → ${signInAsOther}`,
};

/** Small letters for capitals and the other way round: an id of Lucia's has some of either. */
function otherCase(id: string): string {
  return [...id]
    .map((letter) =>
      letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
    )
    .join("");
}

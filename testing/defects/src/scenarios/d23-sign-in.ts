import { outcomeOf, type Scenario } from "./scenario.js";

/** A sign-in of a user who was deleted, and one that the database refuses. Both errors are caught. */
export const d23SignIn: Scenario<{ userMissing: string; refused: string; afterwards: string }> = {
  id: "D23a",
  pool: { impatient: true },

  run: async ({ auth, refuse }) => {
    const { userId } = await auth.createUser({ primaryKey: null, attributes: {} });
    const userMissing = await outcomeOf(auth.createSession("nobody"));
    const answerAgain = await refuse("queries");
    const refused = await outcomeOf(auth.createSession(userId));
    await answerAgain();
    return { userMissing, refused, afterwards: await outcomeOf(auth.createSession(userId)) };
  },

  holds: ({ userMissing, refused, afterwards }) =>
    userMissing === "AUTH_INVALID_USER_ID" && refused !== "done" && afterwards === "done",

  inWords: ({ userMissing }) => userMissing,
};

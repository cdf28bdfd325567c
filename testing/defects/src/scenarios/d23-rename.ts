import { outcomeOf, type Scenario } from "./scenario.js";

/** A rename to a name that is taken, and one that the database refuses. Both errors are caught. */
export const d23Rename: Scenario<{ nameTaken: string; refused: string; afterwards: string }> = {
  id: "D23b",
  pool: { impatient: true },

  run: async ({ auth, refuse }) => {
    await auth.createUser({ primaryKey: null, attributes: { username: "ada" } });
    const { userId } = await auth.createUser({
      primaryKey: null,
      attributes: { username: "grace" },
    });
    const rename = (username: string) => outcomeOf(auth.updateUserAttributes(userId, { username }));
    const nameTaken = await rename("ada");
    const answerAgain = await refuse("queries");
    const refused = await rename("edsger");
    await answerAgain();
    return { nameTaken, refused, afterwards: await rename("edsger") };
  },

  holds: ({ nameTaken, refused, afterwards }) =>
    nameTaken !== "done" && refused !== "done" && afterwards === "done",

  inWords: ({ nameTaken }) => nameTaken,
};

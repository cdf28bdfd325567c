import { Browser } from "./browser.js";
import { outcomeOf, type Scenario } from "./scenario.js";

/** A signed-in browser asks while the database refuses to answer, and again when it is back. */
export const d09: Scenario<{
  validateDuringFault: string;
  validateUserDuringFault: string;
  cookiesCleared: number;
  signedInAfterwards: boolean;
}> = {
  id: "D9",
  pool: { impatient: true },

  run: async (wiring) => {
    const { userId } = await wiring.auth.createUser({ primaryKey: null, attributes: {} });
    const { sessionId } = await wiring.auth.createSession(userId);
    const [first, second] = [new Browser(wiring, sessionId), new Browser(wiring, sessionId)];

    const answerAgain = await wiring.refuse("queries");
    const validateDuringFault = await outcomeOf(first.request().validate());
    const validateUserDuringFault = await outcomeOf(second.request().validateUser());
    await answerAgain();

    const session = await first.request().validate();
    const { user } = await second.request().validateUser();
    return {
      validateDuringFault,
      validateUserDuringFault,
      cookiesCleared: first.cleared + second.cleared,
      signedInAfterwards: session?.sessionId === sessionId && user?.userId === userId,
    };
  },

  holds: ({ validateDuringFault, validateUserDuringFault, cookiesCleared, signedInAfterwards }) =>
    validateDuringFault !== "done" &&
    validateUserDuringFault !== "done" &&
    cookiesCleared === 0 &&
    signedInAfterwards,

  inWords: ({ cookiesCleared }) => `${cookiesCleared} of 2 cookies cleared`,
};

import { setImmediate as nextTurn } from "node:timers/promises";
import type { Scenario } from "./scenario.js";

const SIGN_INS = 8;

/** A twentieth of what there is time for on an idle machine, and many times what is left by hand. */
const ENOUGH_TURNS = 5000;

/** Eight people sign in at the same time, and it is counted how often others get their turn. */
export const d10: Scenario<{ signedIn: number; turnsOfOthers: number }> = {
  id: "D10",
  title: "checking passwords blocks the event loop",
  databases: ["sqlite"],

  run: async ({ auth }) => {
    await auth.createUser({
      primaryKey: { providerId: "name", providerUserId: "ada", password: "correct horse" },
      attributes: {},
    });

    let waiting = true;
    const turns = countTurns(() => waiting);
    const keys = await Promise.all(
      Array.from({ length: SIGN_INS }, () => auth.useKey("name", "ada", "correct horse")),
    );
    waiting = false;
    return { signedIn: keys.length, turnsOfOthers: await turns };
  },

  holds: ({ signedIn, turnsOfOthers }) => signedIn === SIGN_INS && turnsOfOthers >= ENOUGH_TURNS,
};

/** Stands for the other requests of the process: each turn is one that is served. */
async function countTurns(goOn: () => boolean): Promise<number> {
  let turns = 0;
  while (goOn()) {
    await nextTurn();
    turns += 1;
  }
  return turns;
}

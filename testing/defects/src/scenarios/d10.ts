import { monitorEventLoopDelay } from "node:perf_hooks";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Scenario } from "./scenario.js";

const SIGN_INS = 8;

/** A twentieth of what there is time for on an idle machine, and many times what is left by hand. */
const ENOUGH_TURNS = 5000;

/** Eight people sign in at the same time, and it is counted how often others get their turn. */
export const d10: Scenario<{ signedIn: number; turnsOfOthers: number; longestWait: number }> = {
  id: "D10",
  luciaAlone: true,

  run: async ({ auth }) => {
    await auth.createUser({
      primaryKey: { providerId: "name", providerUserId: "ada", password: "correct horse" },
      attributes: {},
    });

    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    let waiting = true;
    const turns = countTurns(() => waiting);
    const keys = await Promise.all(
      Array.from({ length: SIGN_INS }, () => auth.useKey("name", "ada", "correct horse")),
    );
    waiting = false;
    const turnsOfOthers = await turns;
    delay.disable();
    return { signedIn: keys.length, turnsOfOthers, longestWait: Math.round(delay.max / 1e6) };
  },

  holds: ({ signedIn, turnsOfOthers }) => signedIn === SIGN_INS && turnsOfOthers >= ENOUGH_TURNS,

  isCost: true,
  inWords: ({ longestWait }) => `others wait ${Number(longestWait.toPrecision(2))} ms`,
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

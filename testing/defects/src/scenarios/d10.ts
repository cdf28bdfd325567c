import { type IntervalHistogram, monitorEventLoopDelay } from "node:perf_hooks";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Scenario } from "./scenario.js";

const SIGN_INS = 8;

/** Eight people sign in at the same time, and it is measured how long everything else has to wait. */
export const d10: Scenario<{ signedIn: number; longestDelayMs: number; turnsOfOthers: number }> = {
  id: "D10",
  title: "checking passwords blocks the event loop",

  run: async ({ auth }) => {
    await auth.createUser({
      primaryKey: { providerId: "name", providerUserId: "ada", password: "correct horse" },
      attributes: {},
    });

    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    await nextSample(delay);
    let waiting = true;
    const turns = countTurns(() => waiting);
    const keys = await Promise.all(
      Array.from({ length: SIGN_INS }, () => auth.useKey("name", "ada", "correct horse")),
    );
    waiting = false;
    // A loop that was blocked until now has not taken the sample that shows it.
    await nextSample(delay);
    delay.disable();
    return {
      signedIn: keys.length,
      longestDelayMs: Math.round(delay.max / 1e6),
      turnsOfOthers: await turns,
    };
  },

  holds: ({ signedIn, longestDelayMs }) => signedIn === SIGN_INS && longestDelayMs <= 100,
};

async function nextSample(delay: IntervalHistogram): Promise<void> {
  const { count } = delay;
  while (delay.count === count) await nextTurn();
}

/** Stands for the other requests of the process: each turn is one that is served. */
async function countTurns(goOn: () => boolean): Promise<number> {
  let turns = 0;
  while (goOn()) {
    await nextTurn();
    turns += 1;
  }
  return turns;
}

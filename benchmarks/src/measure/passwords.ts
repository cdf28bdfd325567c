import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";

const RESOLUTION_MS = 1;
const NANOSECONDS = 1e6;

export interface SignIns {
  /** For the last one to be answered. */
  readonly totalMs: number;
  /** The longest time for which nothing else was done in the process. */
  readonly longestDelayMs: number;
}

/** Signs people in at the same time, and sees for how long others have to wait. */
export async function signInAtOnce(
  signIn: (username: string) => Promise<unknown>,
  usernames: readonly string[],
): Promise<SignIns> {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  // What it measures is the time between two of its timers, so it needs one before and one after.
  await wait(10 * RESOLUTION_MS);
  delay.reset();
  const start = performance.now();
  await Promise.all(usernames.map(signIn));
  const totalMs = performance.now() - start;
  await wait(10 * RESOLUTION_MS);
  delay.disable();
  return { totalMs, longestDelayMs: delay.max / NANOSECONDS };
}

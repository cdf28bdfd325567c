import { setTimeout as wait } from "node:timers/promises";

const STEP_MS = 5;
const LIMIT_MS = 30_000;

/**
 * Waits for what only shows by being asked for.
 *
 * @param what for the error, such as "a query waits for a lock"
 */
export async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`It has not come true in time that ${what}.`);
    await wait(STEP_MS);
  }
}

/** A promise that is resolved from outside. */
export function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

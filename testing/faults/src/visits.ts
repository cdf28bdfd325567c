import { expect } from "vitest";
import { type Browser, SignedOutError } from "./browser.js";
import type { Outcome, Scene } from "./fault.js";

interface Kind {
  readonly outcomes: readonly Outcome[];
  /** Whether it ends only when the fault is healed; else it ends before. */
  readonly waits?: boolean;
  /** Whether it is tried again: an error is how a driver hears that a connection is lost. */
  readonly perseveres?: boolean;
}

/** How visits end that begin while a fault lasts. In none of them anybody is signed out. */
const kinds = {
  "fail at once": { outcomes: ["fails"] },
  "succeed at once": { outcomes: ["succeeds"], perseveres: true },
  "end at once": { outcomes: ["succeeds", "fails"] },
  "succeed when it is healed": { outcomes: ["succeeds"], waits: true },
  "end when it is healed": { outcomes: ["succeeds", "fails"], waits: true },
} as const satisfies Record<string, Kind>;

export type Meanwhile = keyof typeof kinds;

/** Whether calls come to an end while the fault lasts. */
export const endsAtOnce = (meanwhile: Meanwhile): boolean => !("waits" in kinds[meanwhile]);

/** Begins a visit, and sees it end if it has to at once. */
export async function beginVisit(browser: Browser, meanwhile: Meanwhile, scene: Scene) {
  const { outcomes, waits = false, perseveres = false }: Kind = kinds[meanwhile];
  let isPending = true;
  const outcome = visit(browser, perseveres ? scene.pool.max : 0).finally(() => {
    isPending = false;
  });
  // Time for the driver to ask the database, if it could.
  await (waits ? scene.read("select 1") : outcome);
  return {
    expectPending: () => expect(isPending).toBe(waits),
    expectEnd: async () => expect(outcomes).toContain(await outcome),
  };
}

/**
 * Visits, again where that fails.
 *
 * @param again how often at the most: each failure takes a lost connection out of the pool
 * @throws SignedOutError
 */
export async function visit(browser: Browser, again: number): Promise<Outcome> {
  try {
    await browser.visit();
    return "succeeds";
  } catch (error) {
    if (error instanceof SignedOutError) throw error;
    return again > 0 ? visit(browser, again - 1) : "fails";
  }
}

import { ConfigurationError } from "@kysely-lucia/core";
import { LuciaError } from "lucia-auth";
import { expect } from "vitest";
import { damage, things } from "./app.js";
import type { Pool } from "./apps/open-app.js";
import { SignedOutError } from "./browser.js";
import type { Scene } from "./fault.js";
import type { Ledger } from "./ledger.js";

/** Errors that say something about a call or an app, where nothing is wrong with either. */
const WRONG_ERRORS = [SignedOutError, LuciaError, ConfigurationError, TypeError, RangeError];

/** Every write that was acknowledged is there, nothing is there by half. */
export async function expectNothingLost(read: Scene["read"], ledger: Ledger): Promise<void> {
  const stored = new Set((await Promise.all(things.map(read))).flat());
  expect(ledger.contradictions(stored)).toEqual([]);
  for (const [what, sql] of Object.entries(damage))
    expect([what, await read(sql)]).toEqual([what, []]);
}

/** Calls have failed with what the fault was, as far as anybody knows. */
export function expectHonestErrors({ failures }: Ledger): void {
  const isWrong = (error: unknown) => WRONG_ERRORS.some((wrong) => error instanceof wrong);
  expect(failures.filter(isWrong)).toEqual([]);
  expect(failures.filter((error) => !(error instanceof Error))).toEqual([]);
}

/** No connection is lost from the pool: all are idle, and can be taken at once. */
export async function expectWholePool(pool: Pool): Promise<void> {
  expect(pool.load()).toEqual({ inUse: 0, waiting: 0 });
  const taken = await Promise.all(Array.from({ length: pool.max }, () => pool.take()));
  expect(pool.load()).toEqual({ inUse: pool.max, waiting: 0 });
  for (const giveBack of taken) await giveBack();
  expect(pool.load()).toEqual({ inUse: 0, waiting: 0 });
}

/** Collects what nobody has caught in this process, until it is asked for. */
export function watchProcess() {
  const uncaught: unknown[] = [];
  const events = ["unhandledRejection", "uncaughtException"] as const;
  const listener = (error: unknown) => void uncaught.push(error);
  for (const event of events) process.on(event, listener);
  return {
    expectNothing: async () => {
      // Node.js tells of a rejection when all promises of a turn are through.
      await new Promise((resolve) => setImmediate(resolve));
      for (const event of events) process.off(event, listener);
      expect(uncaught).toEqual([]);
    },
  };
}

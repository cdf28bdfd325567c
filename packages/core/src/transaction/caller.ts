import { AsyncLocalStorage } from "node:async_hooks";
import type { IsolationLevel } from "kysely";
import { ConfigurationError } from "../configuration-error.js";
import type { Turns } from "./turns.js";

/** What a transaction of `transaction` is, to one that is begun in it. */
export interface OurTransaction {
  /** Where its queries wait for their turn. */
  readonly turns: Turns;
  readonly isolationLevel: IsolationLevel | undefined;
  /** Which attempt it is, from 1. */
  readonly attempt: number;
}

/** A transaction, or a savepoint in it, that running code was called from. */
export interface CallingTransaction {
  /** The pool that it holds a connection of. */
  readonly pool: unknown;
  /** Undefined in a transaction that Kysely's own `db.transaction()` has begun. */
  readonly ours: OurTransaction | undefined;
  /** What it was begun in: the transaction around a savepoint, or one on another pool. */
  readonly around: CallingTransaction | undefined;
  /** `"undone"`: it has failed, and what is still at work in it must not go on in the transaction around. */
  state: "open" | "done" | "undone";
}

/** The async context in which a transaction's work is called. */
export const callers = new AsyncLocalStorage<CallingTransaction>();
// Node 20 tracks promises only after a storage's first use. Were that the first transaction, promises
// that were made before it would look as if it had called them.
callers.run({ pool: undefined, ours: undefined, around: undefined, state: "done" }, () => {});

/** The nearest open transaction around the running code. */
export function openCaller(): CallingTransaction | undefined {
  for (const caller of callersOutwards()) if (caller.state === "open") return caller;
  return undefined;
}

/**
 * The nearest open transaction around the running code on this pool.
 *
 * @throws ConfigurationError where the code is at work in a savepoint of it that was undone
 */
export function openCallerOn(pool: unknown): CallingTransaction | undefined {
  return openCallerOf((caller) => caller.pool === pool);
}

/**
 * The nearest open transaction around the running code that this says yes to.
 *
 * @throws ConfigurationError where the code is at work in a savepoint of it that was undone
 */
export function openCallerOf(
  belongs: (caller: CallingTransaction) => boolean,
): CallingTransaction | undefined {
  let isUndone = false;
  for (const caller of callersOutwards()) {
    if (!belongs(caller)) continue;
    if (caller.state === "undone") isUndone = true;
    if (caller.state !== "open") continue;
    if (isUndone) throw new ConfigurationError(ENDED);
    return caller;
  }
  return undefined;
}

/** From the nearest one outwards, also those that are over. */
function* callersOutwards(): Iterable<CallingTransaction> {
  for (let caller = callers.getStore(); caller; caller = caller.around) yield caller;
}

/** What is said to a query that comes after its transaction. */
export const ENDED =
  "This transaction has ended: the query was sent after it, and was not run. Await every call inside " +
  "of a transaction before it returns.";

import { AsyncLocalStorage } from "node:async_hooks";
import type { IsolationLevel } from "kysely";
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
  open: boolean;
}

/** The async context in which a transaction's work is called. */
export const callers = new AsyncLocalStorage<CallingTransaction>();
// Node 20 tracks promises only after a storage's first use. Were that the first transaction, promises
// that were made before it would look as if it had called them.
callers.run({ pool: undefined, ours: undefined, around: undefined, open: false }, () => {});

/** The open transactions around the running code, the nearest one first. */
export function* openCallers(): Iterable<CallingTransaction> {
  for (let caller = callers.getStore(); caller; caller = caller.around) {
    if (caller.open) yield caller;
  }
}

/** The nearest of them. */
export function openCaller(): CallingTransaction | undefined {
  for (const caller of openCallers()) return caller;
  return undefined;
}

/** The nearest of them on this pool. */
export function openCallerOn(pool: unknown): CallingTransaction | undefined {
  for (const caller of openCallers()) if (caller.pool === pool) return caller;
  return undefined;
}

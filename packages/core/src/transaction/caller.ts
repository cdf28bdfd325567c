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

/** The nearest open transaction around the running code. */
export function openCaller(): CallingTransaction | undefined {
  return firstOpen(callers.getStore());
}

/** The nearest open transaction on this pool around the running code. */
export function openCallerOn(pool: unknown): CallingTransaction | undefined {
  let caller = openCaller();
  while (caller && caller.pool !== pool) caller = firstOpen(caller.around);
  return caller;
}

function firstOpen(from: CallingTransaction | undefined): CallingTransaction | undefined {
  let caller = from;
  while (caller && !caller.open) caller = caller.around;
  return caller;
}

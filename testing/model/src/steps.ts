import type { Given } from "./operation.js";
import type { OperationName } from "./operations/index.js";
import type { RawChangeName } from "./raw-changes.js";
import type { End } from "./run-transaction.js";

/** In place of a user or a session: one that never was, and one that was there before. */
export const UNKNOWN = -1;
export const GONE = -2;
/** In place of a session: the hash of the latest one's id, as the table and `getAllUserSessions` show it. */
export const HASH = -3;

/** What steps are given: users and sessions are counted back from the latest one that is there. */
export interface Arguments extends Omit<Given, "user" | "session"> {
  readonly user: number;
  readonly session: number;
}

/** A call of `auth`, with the arguments that it takes. */
export interface Call extends Partial<Arguments> {
  readonly call: OperationName;
}

/** A change of the tables that is no call, with what it happens to. */
export interface Raw extends Partial<Arguments> {
  readonly raw: RawChangeName;
}

/** Calls in a savepoint of the transaction around. */
export interface Savepoint {
  readonly savepoint: readonly Call[];
  readonly end: End;
}

/** Calls in a transaction of their own that has others beside it. */
export interface Serializable {
  readonly serializable: readonly Call[];
}

/** What is made at the same time. To the others, each of them is one step, or a few. */
export interface Together {
  readonly together: readonly (Call | Savepoint | Serializable)[];
}

/** Steps in a transaction. */
export interface InTransaction {
  readonly transaction: readonly (Call | Together | InTransaction)[];
  readonly end: End;
  /** What has begun it: a call of `transaction`, which can be inside of another one, or Kysely. */
  readonly by: "transaction" | "Kysely";
  /** The `auth` that is used in it: the one that it is given, or the one of the transaction around. */
  readonly using: "own" | "around";
}

export type Step = Call | Raw | Together | InTransaction;

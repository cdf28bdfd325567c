import type { OpenApp, PoolKind } from "./apps/open-app.js";
import type { Browser } from "./browser.js";
import type { Ledger } from "./ledger.js";
import type { Meanwhile } from "./visits.js";

/** What becomes of a call. */
export type Outcome = "succeeds" | "fails";

export const outcomeOf = (call: Promise<unknown>): Promise<Outcome> =>
  call.then(
    () => "succeeds",
    () => "fails",
  );

/** Something that goes wrong, as it really does. */
export interface Fault<S extends Scene = Scene> {
  readonly name: string;
  inject(scene: S): Promise<void>;
  heal(scene: S): Promise<void>;
  /** What becomes of calls that are under way when it begins. */
  readonly underWay: Outcome;
  /** What becomes of visits that begin between `inject` and `heal`. */
  readonly meanwhile: Meanwhile;
  /** The same of visits that renew a session, where that makes a difference. */
  readonly renewals?: Meanwhile;
  /** Whether what is under way is stored, where that does not go by `underWay`. */
  readonly stores?: boolean;
  /** When it can happen. Default: at all moments. */
  readonly moments?: readonly Moment<S>[];
  /** What the pool has to be for it. Default: usual. */
  readonly pool?: PoolKind;
  /** Whether nothing is between the pool and the server, whose port is closed while it is gone. */
  readonly isDirect?: boolean;
}

/** What is going on when a fault begins. */
export interface Moment<S extends Scene = Scene> {
  readonly name: string;
  begin(scene: S): Promise<UnderWay>;
}

interface UnderWay {
  /**
   * Goes on once the fault has begun.
   *
   * @param untilFailure whether to do so until a call has failed
   * @param again lets a fault that is over at once happen again: it may have met nobody
   */
  goOn(untilFailure: boolean, again: () => Promise<void>): Promise<void>;
  /** Comes to its end once the fault was healed. Undefined where nothing was under way. */
  end(): Promise<Outcome | undefined>;
  /** The user who is stored with all that belongs to it, or else not at all. */
  readonly username?: string;
}

/** The code under test on a database of its own, and ways to look at it from outside. */
export interface Scene extends OpenApp {
  /** Those who are signed in. The session of the second is to be renewed at the next visit. */
  readonly visitors: Visitors;
  readonly ledger: Ledger;
  /** The first column of a query, on a connection past the code under test. */
  read(sql: string): Promise<string[]>;
  /** Removes all, once the app was closed. */
  remove(): Promise<void>;
}

export interface Visitors {
  readonly active: Browser;
  readonly idle: Browser;
}

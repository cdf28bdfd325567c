/** How much is measured, and for how long. */
export interface Settings {
  /** Of each contestant, in turn with the others. */
  readonly rounds: number;
  readonly roundMs: number;
  readonly warmUpMs: number;
  /** With one session each, unless the work says otherwise. */
  readonly users: number;
  /** Calls at the same time, on a server; on SQLite it is one. */
  readonly inFlight: number;
  readonly poolSize: number;
  /** For rounds that take seconds, whatever is in them. */
  readonly slowRounds: number;
  readonly requestMs: number;
  /** The numbers of sessions that `growth` compares. None leaves it out. */
  readonly growth: readonly number[];
  /** How long `memory` goes on. Zero leaves it out. */
  readonly memoryMs: number;
  /** The number of sessions for `delete-expired`. Zero leaves it out. */
  readonly expired: number;
  /** Zero leaves out `type-check`. */
  readonly typeCheckRounds: number;
}

export const FULL: Settings = {
  rounds: 7,
  roundMs: 300,
  warmUpMs: 1000,
  users: 20_000,
  inFlight: 20,
  poolSize: 10,
  slowRounds: 7,
  requestMs: 2000,
  growth: [10_000, 100_000, 1_000_000],
  memoryMs: 60_000,
  expired: 1_000_000,
  typeCheckRounds: 7,
};

/** Under a minute, on SQLite. */
export const QUICK: Settings = {
  ...FULL,
  rounds: 5,
  roundMs: 60,
  warmUpMs: 300,
  users: 2000,
  slowRounds: 3,
  requestMs: 300,
  growth: [],
  memoryMs: 0,
  expired: 0,
  typeCheckRounds: 0,
};

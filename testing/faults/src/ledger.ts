/** What is known of a user or a session: that it was stored, that it was deleted, or nothing for sure. */
export type State = "there" | "gone" | "unknown";

/** An entry as a process writes it on a line. */
export const formatEntry = (state: State, thing: string): string => `${state} ${thing}`;

export function parseEntry(line: string): [state: State, thing: string] {
  const [, state, thing] = /^(there|gone|unknown) (.+)$/.exec(line) ?? [];
  if (!state || !thing) throw new Error(`This is no entry: "${line}"`);
  return [state as State, thing];
}

/** Told of what is done in the name of users. */
export interface Observer {
  /** A step is acknowledged, or about to be taken: `there`, `user ada`. */
  note(state: State, thing: string): void;
  /** A call has failed. */
  fail(error: unknown): void;
}

/** Keeps what the database has acknowledged, and what it has not. */
export class Ledger implements Observer {
  readonly failures: unknown[] = [];
  readonly #states = new Map<string, State>();

  note(state: State, thing: string): void {
    this.#states.set(thing, state);
  }

  fail(error: unknown): void {
    this.failures.push(error);
  }

  /** How many steps were acknowledged that make a difference. */
  get size(): number {
    return this.#states.size;
  }

  /** What is not as it was acknowledged, in a database that has these things. */
  contradictions(stored: ReadonlySet<string>): string[] {
    return [...this.#states].flatMap(([thing, state]) => {
      if (state === "there" && !stored.has(thing)) return [`${thing} is missing`];
      return state === "gone" && stored.has(thing) ? [`${thing} is back`] : [];
    });
  }
}

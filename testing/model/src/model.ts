import { isDeepStrictEqual } from "node:util";
import type { SessionIds } from "@kysely-lucia/core";
import { explain, type Made, promised } from "./explain.js";
import { copy, empty, type Rows, rowsOf, type State } from "./state.js";

/** What may be stored by now, and how it came to that. */
export class Model {
  /** After calls at the same time, more than one state may explain what came of them. */
  #states: readonly State[];
  readonly #history: string[] = [];

  constructor(sessionIds: SessionIds) {
    this.#states = [empty(sessionIds)];
  }

  /** One of the states. */
  get state(): State {
    const [state] = this.#states;
    if (!state) throw new Error("The model has failed before.");
    return state;
  }

  /** What is stored was changed by something that is called so. */
  change(name: string, change: (state: State) => State): void {
    this.#history.push(name);
    this.#states = this.#states.map(change);
  }

  /** Calls were made at the same time, or a single one. */
  follow(calls: readonly Made[]): void {
    this.#history.push(calls.map(({ description }) => description).join("\n  together with "));
    const before = this.#states;
    this.#states = distinct(before.flatMap((state) => explain(state, calls)));
    if (this.#states.length > 0) return;
    const alone = before.flatMap((state) => calls.map((call) => promised(copy(state), call)));
    throw this.#failure("No order of these calls explains what came of them.", {
      "alone, each promises": alone,
    });
  }

  /** Committed rows were read. */
  compare(rows: Rows): void {
    const expected = this.#states.map(rowsOf);
    this.#states = this.#states.filter((_, index) => isDeepStrictEqual(rows, expected[index]));
    if (this.#states.length > 0) return;
    throw this.#failure("Something else is stored.", { stored: rows, expected });
  }

  #failure(what: string, details: object): Error {
    const lines = Object.entries(details).map(([name, value]) => `${name}: ${inLines(value)}`);
    return new Error([what, ...lines, "after", ...this.#history].join("\n"));
  }
}

const inLines = (value: unknown) => JSON.stringify(value, undefined, 1);

const distinct = (states: readonly State[]) =>
  states.filter(
    (state, index) => states.findIndex((other) => isDeepStrictEqual(state, other)) === index,
  );

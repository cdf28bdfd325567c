import { isDeepStrictEqual } from "node:util";
import { Later, Refusal } from "./operation.js";
import { type Outcome, returned } from "./outcome.js";
import { copy, type State } from "./state.js";

/** A call, or a transaction of calls, that was made. */
export interface Made {
  readonly description: string;
  readonly outcome: Outcome;
  /** See `Operation`. */
  readonly promises: (state: State) => unknown;
}

/**
 * The states that calls made at the same time may have left behind: one for each order of their steps
 * in which every call promises the outcome that it had. None if there is no such order.
 *
 * @param order whose step comes next, as far as that is settled
 */
export function explain(before: State, calls: readonly Made[], order: number[] = []): State[] {
  const state = copy(before);
  const waiting = new Map(calls.map(({ promises }, index) => [index, () => promises(state)]));
  for (const index of order) {
    const next = take(waiting.get(index));
    if (next instanceof Later) waiting.set(index, next.step);
    else if (isDeepStrictEqual(next, calls[index]?.outcome)) waiting.delete(index);
    else return [];
  }
  if (waiting.size === 0) return [state];
  return [...waiting.keys()].flatMap((index) => explain(before, calls, [...order, index]));
}

/** The outcome that is promised to what is alone, which is done to `state`. */
export function promised(state: State, { promises }: Made): Outcome {
  let next = take(() => promises(state));
  while (next instanceof Later) next = take(next.step);
  return next;
}

/** Takes a step: there is another one, or it had this outcome. */
function take(step: (() => unknown) | undefined): Outcome | Later {
  try {
    const value = step?.();
    return value instanceof Later ? value : returned(value);
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.refused };
    throw error;
  }
}

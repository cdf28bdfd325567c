import type { Made } from "./explain.js";
import { operationNamed } from "./operations/index.js";
import { outcomeOf, seenIn } from "./outcome.js";
import type { References } from "./references.js";
import type { Call } from "./steps.js";
import type { Auth, Subject } from "./subject.js";

/** Makes a call. */
export async function makeCall(
  { call: name, ...args }: Call,
  auth: Auth,
  subject: Subject,
  references: References,
): Promise<Made> {
  const { call, promises } = operationNamed(name);
  const given = references.resolve(args);
  const startedAt = Date.now();
  const outcome = await outcomeOf(call(auth, given, subject), subject.nameOf);
  const seen = seenIn(outcome, numberOf(auth), startedAt, Date.now());
  references.note(outcome);
  return {
    description: `${name} ${JSON.stringify(given)} -> ${JSON.stringify(outcome)}`,
    outcome,
    promises: (state) => promises(state, given, seen),
  };
}

const numbers = new WeakMap<Auth, number>();
let last = 0;

function numberOf(auth: Auth): number {
  const number = numbers.get(auth) ?? ++last;
  numbers.set(auth, number);
  return number;
}

import { type Made, promised } from "./explain.js";
import { makeCall } from "./make-call.js";
import { Refusal } from "./operation.js";
import { isExpected, outcomeOf } from "./outcome.js";
import type { References } from "./references.js";
import { type End, runTransaction } from "./run-transaction.js";
import { copy, type State } from "./state.js";
import type { Savepoint, Serializable } from "./steps.js";
import type { Subject } from "./subject.js";

/** Makes calls in a savepoint of the transaction around. */
export async function makeSavepoint(
  { savepoint: calls, end }: Savepoint,
  subject: Subject,
  references: References,
): Promise<Made> {
  const inside: Made[] = [];
  const done = runTransaction(subject, end, async (auth) => {
    for (const call of calls) inside.push(await makeCall(call, auth, subject, references));
  });
  const outcome = await outcomeOf(
    done.then(() => outcomesOf(inside)),
    subject.nameOf,
  );
  return {
    description: describe(inside, end),
    outcome,
    promises: (state) => promisedInside(end === "commit" ? state : copy(state), inside),
  };
}

/** Makes calls in a transaction that is repeated where it meets another one. */
export async function makeSerializable(
  { serializable: calls }: Serializable,
  subject: Subject,
  references: References,
): Promise<Made> {
  // To go on after a call that was refused is not safe on MySQL: it lets go of what the call has looked at.
  const throwOn = (error: unknown) => {
    throw error;
  };
  let inside: Made[] = [];
  const attempt = async (auth: Subject["auth"]) => {
    inside = [];
    for (const call of calls) {
      inside.push(await makeCall(call, auth, { ...subject, nameOf: throwOn }, references));
    }
  };
  const options = { isolationLevel: "serializable", retries: 50 } as const;
  const done = runTransaction(subject, "commit", attempt, options);
  const outcome = await outcomeOf(
    done.then(() => outcomesOf(inside)),
    subject.nameOf,
  );
  return {
    description: describe(inside, JSON.stringify(outcome)),
    outcome,
    promises: (state) => {
      // Without effect. What was read in a transaction that is not committed need not fit together.
      if ("refused" in outcome && isExpected(outcome)) throw new Refusal(outcome.refused);
      return promisedInside(state, inside);
    },
  };
}

const outcomesOf = (inside: readonly Made[]) => ({
  inside: inside.map(({ outcome }) => outcome),
});

const promisedInside = (state: State, inside: readonly Made[]) => ({
  inside: inside.map((made) => promised(state, made)),
});

const describe = (inside: readonly Made[], end: End | string) =>
  [...inside.map(({ description }) => description), end].join("\n      ");

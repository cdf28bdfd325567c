import { inspect } from "node:util";

/** What a call has returned, or the error that it was refused with. */
export type Outcome = { readonly returned: unknown } | { readonly refused: string };

/** What an error is called that no call should have. */
export const unexpected = (error: unknown) => `unexpected: ${error}`;

export const isExpected = ({ refused }: { readonly refused: string }) =>
  !refused.startsWith("unexpected:");

/** What came of a call. Lists, which no database returns in an order of its own, are put in order. */
export async function outcomeOf(
  call: Promise<unknown>,
  nameOf: (error: unknown) => string,
): Promise<Outcome> {
  return call.then(returned, (error: unknown) => ({ refused: nameOf(error) }));
}

export const returned = (value: unknown): Outcome => ({
  returned: Array.isArray(value) ? value.toSorted(byContents) : value,
});

const byContents = (left: unknown, right: unknown) =>
  inspect(left, { sorted: true }) < inspect(right, { sorted: true }) ? -1 : 1;

/** What a model takes over from a call, because it cannot know it. */
export interface Seen {
  /** Which `auth` it was a call of. */
  readonly auth: number;
  /** The id that was returned, or one that never is. */
  id(name: "userId" | "sessionId"): string;
  /**
   * The time that was returned, if it is so many milliseconds after a moment at which the call was
   * being made. Else one that is.
   */
  timeAfter(milliseconds: number, name: "expiresAt" | "activePeriodExpiresAt"): number;
}

/** What there is to see in the outcome of a call. */
export function seenIn(outcome: Outcome, auth: number, startedAt: number, endedAt: number): Seen {
  const result = "returned" in outcome ? Object(outcome.returned) : {};
  // Some calls return a session next to its user.
  const find = (name: string): unknown => result[name] ?? result.session?.[name];
  return {
    auth,
    id: (name) => String(find(name)),
    timeAfter: (milliseconds, name) => {
      const time = Number(find(name));
      const moment = time - milliseconds;
      return startedAt <= moment && moment <= endedAt ? time : startedAt + milliseconds;
    },
  };
}

import type { Given } from "./operation.js";
import { hashOfId, lookUp } from "./operations/session-ids.js";
import type { Outcome } from "./outcome.js";
import type { State } from "./state.js";
import { type Arguments, GONE, HASH, UNKNOWN } from "./steps.js";

const NO_USER = "nobody";
const NO_SESSION = "x".repeat(40);

/** The ids that calls have returned, which steps refer to by numbers. */
export class References {
  readonly #users: Ids;
  readonly #sessions: Ids;

  constructor(users = new Ids(NO_USER), sessions = new Ids(NO_SESSION)) {
    this.#users = users;
    this.#sessions = sessions;
  }

  copy(): References {
    return new References(this.#users.copy(), this.#sessions.copy());
  }

  /** Notes what a call has returned. */
  note(outcome: Outcome): void {
    if (!("returned" in outcome)) return;
    const { userId, sessionId, session } = Object(outcome.returned);
    this.#users.note(userId);
    this.#sessions.note(sessionId ?? session?.sessionId);
  }

  /** Takes over what another one has noted, and finds out what is gone by now. */
  update(state: State, ...others: References[]): void {
    for (const other of others) {
      this.#users.add(other.#users);
      this.#sessions.add(other.#sessions);
    }
    this.#users.sort((id) => state.users.has(id));
    this.#sessions.sort((id) => lookUp(state, id) !== undefined);
  }

  /** The arguments of a step, with ids in the place of numbers. */
  resolve({ user, session, ...given }: Partial<Arguments>): Given {
    return {
      ...given,
      ...(user !== undefined && { user: this.#users.at(user) }),
      ...(session !== undefined && {
        session: session === HASH ? hashOfId(this.#sessions.at(0)) : this.#sessions.at(session),
      }),
      // Each operation is given what it takes, and each step what its operation takes.
    } as Given;
  }
}

class Ids {
  readonly #unknown: string;
  #there: Set<string>;
  #gone: Set<string>;

  constructor(unknown: string, there: Iterable<string> = [], gone: Iterable<string> = []) {
    this.#unknown = unknown;
    this.#there = new Set(there);
    this.#gone = new Set(gone);
  }

  copy(): Ids {
    return new Ids(this.#unknown, this.#there, this.#gone);
  }

  note(id: string | undefined): void {
    if (id !== undefined) this.#there.add(id);
  }

  add(other: Ids): void {
    for (const id of other.#there) this.#there.add(id);
  }

  sort(isThere: (id: string) => boolean): void {
    const all = [...this.#gone, ...this.#there];
    this.#there = new Set(all.filter(isThere));
    this.#gone = new Set(all.filter((id) => !isThere(id)));
  }

  /** Counts back from the latest. */
  at(index: number): string {
    const ids = [...(index === GONE ? this.#gone : this.#there)];
    const back = index === GONE ? 0 : index % ids.length;
    return (index === UNKNOWN ? undefined : ids.at(-1 - back)) ?? this.#unknown;
  }
}

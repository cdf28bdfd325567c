// Taken at once, so that an app that fakes timers in its tests does not stop them.
import { setTimeout } from "node:timers";
import type { Session } from "lucia-auth";

/** For how long a renewal is remembered, in milliseconds: the requests of one page come within that. */
const MEMORY = 10_000;

/** Renewals by one `auth`, by the id of the old session. That of a transaction has its own, as it may be rolled back. */
export class Renewals {
  readonly #renewals = new Map<string, Promise<Session>>();

  /**
   * Renews a session, or returns what another request has just made of it.
   *
   * @param isThere whether that one has not been ended in the meantime
   */
  async once(
    sessionId: string,
    renew: () => Promise<Session>,
    isThere: (renewed: Session) => Promise<boolean>,
  ): Promise<Session> {
    const earlier = this.#renewals.get(sessionId);
    if (earlier) {
      const renewed = await earlier;
      if (await isThere(renewed)) return { ...renewed };
    }
    // Of those who have found out at the same time that it is not, one begins.
    const latest = this.#renewals.get(sessionId);
    const renewal = latest && latest !== earlier ? latest : this.#begin(sessionId, renew);
    return { ...(await renewal) };
  }

  #begin(sessionId: string, renew: () => Promise<Session>): Promise<Session> {
    const renewal = renew();
    this.#renewals.set(sessionId, renewal);
    const forget = () => {
      if (this.#renewals.get(sessionId) === renewal) this.#renewals.delete(sessionId);
    };
    renewal.then(() => setTimeout(forget, MEMORY).unref(), forget);
    return renewal;
  }
}

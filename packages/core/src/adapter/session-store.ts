import type { Adapter, SessionAdapter, SessionSchema } from "lucia-auth";

/** What is asked of sessions beyond Lucia's own interface. */
export interface SessionStore {
  /**
   * Stores a session in continuation of one of the same user, unless that one was deleted in the meantime.
   *
   * @returns whether it was still there
   */
  renewSession(sessionId: string, renewed: SessionSchema): Promise<boolean>;
  /**
   * Deletes a session.
   *
   * @returns whether it is known to have been there
   */
  endSession(sessionId: string): Promise<boolean>;
  /** Stores a session, once those of the same user whose idle period is over are deleted. */
  startSession(session: SessionSchema): Promise<void>;
  /** Deletes those of a user's sessions whose idle period is over. */
  deleteDeadSessions(userId: string): Promise<void>;
}

/** Sessions wherever they are kept. */
export type SessionsAdapter = SessionAdapter &
  Pick<Adapter, "getSessionAndUserBySessionId"> &
  SessionStore;

/** Those of an adapter that knows Lucia's interface and no more: an official one, or one for Redis. */
export function plainStore(adapter: SessionAdapter): SessionStore {
  const deleteDeadSessions = async (userId: string) => {
    for (const session of await adapter.getSessionsByUserId(userId)) {
      if (isDead(session)) await adapter.deleteSession(session.id);
    }
  };
  return {
    deleteDeadSessions,
    startSession: async (session) => {
      await deleteDeadSessions(session.user_id);
      await adapter.setSession(session);
    },
    renewSession: async (sessionId, renewed) => {
      if (!(await adapter.getSession(sessionId))) return false;
      await adapter.setSession(renewed);
      return true;
    },
    endSession: async (sessionId) => {
      await adapter.deleteSession(sessionId);
      return false;
    },
  };
}

/** Whether a session's idle period is over. */
export function isDead({ idle_expires }: Pick<SessionSchema, "idle_expires">): boolean {
  return Date.now() > idle_expires;
}

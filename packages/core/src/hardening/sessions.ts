import { LuciaError, type Session, type SessionSchema } from "lucia-auth";
import { SESSION_ID_LENGTH, STORED_PREFIX } from "../adapter/session-ids.js";
import { isDead } from "../adapter/session-store.js";
import type { Hardening } from "./hardening.js";
import { Renewals } from "./renewals.js";

/**
 * Lucia's own sessions
 *
 * - read and delete the sessions of a user one by one when another one is made, which takes longer with every
 *   device, and drop the promises: one delete that fails ends the process,
 * - are renewed once for each request of a page, into as many new sessions,
 * - are renewed although the user was signed out everywhere in the meantime,
 * - print their ids in debug mode.
 */
export const hardenSessions: Hardening = (auth, { adapter, autoDatabaseCleanup }) => {
  const renewals = new Renewals();

  const cleanUp = async (userId: string) => {
    if (autoDatabaseCleanup) await auth.deleteDeadUserSessions(userId);
  };

  /** Says that it is not there, after cleaning up what is left of it. */
  const refuse = async (dead: SessionSchema | undefined): Promise<never> => {
    if (dead && autoDatabaseCleanup) await adapter.deleteSession(dead.id);
    throw new LuciaError("AUTH_INVALID_SESSION_ID");
  };

  /** The session before it is stored. */
  const newSession = (userId: string): Session => {
    const [sessionId, activePeriodExpiresAt, idlePeriodExpiresAt] = auth.generateSessionId();
    const periods = { activePeriodExpiresAt, idlePeriodExpiresAt };
    return { userId, sessionId, ...periods, state: "active", fresh: true };
  };

  const renewOnce = (sessionId: string, userId: string): Promise<Session> =>
    renewals.once(
      sessionId,
      () => renew(sessionId, userId),
      async (renewed) => (await adapter.getSession(renewed.sessionId)) !== null,
    );

  const renew = async (sessionId: string, userId: string): Promise<Session> => {
    await cleanUp(userId);
    const session = newSession(userId);
    const renewed = await adapter.renewSession(sessionId, toSchema(session));
    if (!renewed) throw new LuciaError("AUTH_INVALID_SESSION_ID");
    return session;
  };

  return {
    getSession: async (sessionId) => {
      assertId(sessionId);
      const stored = await adapter.getSession(sessionId);
      return stored && !isDead(stored) ? toSession(stored) : refuse(stored ?? undefined);
    },

    getSessionUser: async (sessionId) => {
      assertId(sessionId);
      if (adapter.getSessionAndUserBySessionId) {
        const found = await adapter.getSessionAndUserBySessionId(sessionId);
        if (!found || isDead(found.session)) return refuse(found?.session);
        const session = toSession(found.session);
        return { user: auth.transformDatabaseUser(found.user), session };
      }
      const session = await auth.getSession(sessionId);
      const user = await adapter.getUser(session.userId);
      if (!user) throw new LuciaError("AUTH_INVALID_SESSION_ID");
      return { user: auth.transformDatabaseUser(user), session };
    },

    validateSession: async (sessionId) => {
      const session = await auth.getSession(sessionId);
      return session.state === "active" ? session : renewOnce(sessionId, session.userId);
    },

    validateSessionUser: async (sessionId) => {
      const found = await auth.getSessionUser(sessionId);
      const { user, session } = found;
      if (session.state === "active") return found;
      return { user, session: await renewOnce(sessionId, session.userId) };
    },

    createSession: async (userId) => {
      // Should it fail, nothing was written yet.
      await cleanUp(userId);
      const session = newSession(userId);
      await adapter.setSession(toSchema(session));
      return session;
    },

    renewSession: async (sessionId) => {
      const { userId } = await auth.getSession(sessionId);
      return renewOnce(sessionId, userId);
    },

    invalidateSession: (sessionId) => adapter.deleteSession(sessionId),

    getAllUserSessions: async (userId) => {
      await auth.getUser(userId);
      const stored = await adapter.getSessionsByUserId(userId);
      if (stored.some(isDead)) await auth.deleteDeadUserSessions(userId);
      return stored.filter((session) => !isDead(session)).map(toSession);
    },

    deleteDeadUserSessions: (userId) => adapter.deleteDeadSessions(userId),
  };
};

function assertId(sessionId: unknown): void {
  // What is stored of a hashed id signs nobody in, also where the column was too short for it.
  if (
    typeof sessionId === "string" &&
    sessionId.length === SESSION_ID_LENGTH &&
    !sessionId.startsWith(STORED_PREFIX)
  ) {
    return;
  }
  throw new LuciaError("AUTH_INVALID_SESSION_ID");
}

/** The times of an official adapter, or of `sessions`, come as their driver made them. */
function toSession(stored: SessionSchema): Session {
  return {
    sessionId: stored.id,
    userId: stored.user_id,
    activePeriodExpiresAt: new Date(Number(stored.active_expires)),
    idlePeriodExpiresAt: new Date(Number(stored.idle_expires)),
    state: Date.now() > stored.active_expires ? "idle" : "active",
    fresh: false,
  };
}

function toSchema(session: Session): SessionSchema {
  return {
    id: session.sessionId,
    user_id: session.userId,
    active_expires: session.activePeriodExpiresAt.getTime(),
    idle_expires: session.idlePeriodExpiresAt.getTime(),
  };
}

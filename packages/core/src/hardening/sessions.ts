import {
  type Adapter,
  LuciaError,
  type Session,
  type SessionSchema,
  type UserSchema,
} from "lucia-auth";
import { isDead } from "../adapter/session-store.js";
import type { Hardening } from "./hardening.js";
import { Renewals } from "./renewals.js";
import { assertSessionId, toSchema, toSession } from "./session-schema.js";

interface Found {
  readonly user: UserSchema;
  readonly session: SessionSchema;
}

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

  /** In one query, but where sessions are kept elsewhere. */
  const find: NonNullable<Adapter["getSessionAndUserBySessionId"]> =
    adapter.getSessionAndUserBySessionId ??
    (async (sessionId) => {
      const session = await adapter.getSession(sessionId);
      const user = session && (await adapter.getUser(session.user_id));
      return user ? { user, session } : null;
    });

  const toSessionUser = ({ user, session }: Found) => ({
    user: auth.transformDatabaseUser(user),
    session: toSession(session),
  });

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
      assertSessionId(sessionId);
      const stored = await adapter.getSession(sessionId);
      return stored && !isDead(stored) ? toSession(stored) : await refuse(stored ?? undefined);
    },

    getSessionUser: async (sessionId) => {
      assertSessionId(sessionId);
      const found = await find(sessionId);
      if (!found || isDead(found.session)) return await refuse(found?.session);
      return toSessionUser(found);
    },

    validateSession: async (sessionId) => {
      const session = await auth.getSession(sessionId);
      return session.state === "active" ? session : await renewOnce(sessionId, session.userId);
    },

    validateSessionUser: async (sessionId) => {
      assertSessionId(sessionId);
      const found = await find(sessionId);
      if (!found || isDead(found.session)) return await refuse(found?.session);
      const { user, session } = toSessionUser(found);
      if (session.state === "active") return { user, session };
      return { user, session: await renewOnce(sessionId, session.userId) };
    },

    createSession: async (userId) => {
      const session = newSession(userId);
      if (autoDatabaseCleanup) await adapter.startSession(toSchema(session));
      else await adapter.setSession(toSchema(session));
      return session;
    },

    renewSession: async (sessionId) => {
      const { userId } = await auth.getSession(sessionId);
      return await renewOnce(sessionId, userId);
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

import type { Hardening } from "./hardening.js";

/**
 * Writes that Lucia starts side by side and only then waits for: where the first one fails while the
 * second is awaited, its rejection belongs to nobody and ends the process, even if the caller caught
 * the error. Here they run one after the other, the cleanup first: should it fail, nothing was written.
 */
export const hardenWrites: Hardening = (auth, { adapter, autoDatabaseCleanup }) => {
  const cleanUp = async (userId: string) => {
    if (autoDatabaseCleanup) await auth.deleteDeadUserSessions(userId);
  };
  return {
    createSession: async (userId) => {
      await cleanUp(userId);
      const [sessionId, activePeriodExpiresAt, idlePeriodExpiresAt] = auth.generateSessionId();
      await adapter.setSession({
        id: sessionId,
        user_id: userId,
        active_expires: activePeriodExpiresAt.getTime(),
        idle_expires: idlePeriodExpiresAt.getTime(),
      });
      return {
        userId,
        sessionId,
        activePeriodExpiresAt,
        idlePeriodExpiresAt,
        state: "active",
        fresh: true,
      };
    },

    updateUserAttributes: async (userId, attributes) => {
      await cleanUp(userId);
      const user = await adapter.updateUserAttributes(userId, attributes);
      return user ? auth.transformDatabaseUser(user) : auth.getUser(userId);
    },

    deleteDeadUserSessions: async (userId) => {
      for (const session of await adapter.getSessionsByUserId(userId)) {
        if (Date.now() > session.idle_expires) await adapter.deleteSession(session.id);
      }
    },
  };
};

import type { SessionAdapter, SessionSchema } from "lucia-auth";

/** A small Lucia session adapter, as an app may have one for another store. */
export function memorySessions() {
  const stored = new Map<string, SessionSchema>();
  const ofUser = (userId: string) =>
    [...stored.values()].filter((session) => session.user_id === userId);
  const adapter: SessionAdapter = {
    getSession: async (sessionId) => stored.get(sessionId) ?? null,
    getSessionsByUserId: async (userId) => ofUser(userId),
    setSession: async (session) => {
      stored.set(session.id, session);
    },
    deleteSession: async (sessionId) => {
      stored.delete(sessionId);
    },
    deleteSessionsByUserId: async (userId) => {
      for (const { id } of ofUser(userId)) stored.delete(id);
    },
  };
  return { stored, sessions: () => adapter };
}

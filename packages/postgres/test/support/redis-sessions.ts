import type { RedisClientType } from "@redis/client";
import type { SessionAdapter, SessionSchema } from "lucia-auth";

/**
 * Lucia sessions in Redis, as an app would write them for the option `sessions`: a value for each
 * session, which goes by itself when the session is over, and a set of ids for each user.
 */
export function redisSessions(client: RedisClientType): () => SessionAdapter {
  const session = (id: string) => `session:${id}`;
  const sessionsOf = (userId: string) => `sessions-of:${userId}`;

  const getSession = async (id: string): Promise<SessionSchema | null> => {
    const stored = await client.get(session(id));
    return stored === null ? null : (JSON.parse(stored) as SessionSchema);
  };

  const deleteSession = async (id: string) => {
    const stored = await getSession(id);
    if (!stored) return;
    await client.multi().del(session(id)).sRem(sessionsOf(stored.user_id), id).exec();
  };

  return () => ({
    getSession,
    getSessionsByUserId: async (userId) => {
      const ids = await client.sMembers(sessionsOf(userId));
      const stored = await Promise.all(ids.map(getSession));
      return stored.filter((found) => found !== null);
    },
    setSession: async (stored) => {
      await client
        .multi()
        .set(session(stored.id), JSON.stringify(stored), { PXAT: Number(stored.idle_expires) })
        .sAdd(sessionsOf(stored.user_id), stored.id)
        .exec();
    },
    deleteSession,
    deleteSessionsByUserId: async (userId) => {
      for (const id of await client.sMembers(sessionsOf(userId))) await deleteSession(id);
    },
  });
}

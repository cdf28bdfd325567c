import { createHash } from "node:crypto";
import type { SessionSchema } from "lucia-auth";
import { describeInput } from "../describe-value.js";
import type { SessionsAdapter } from "./session-store.js";

/** How the ids of sessions are stored: the option `sessionIds`. */
export type SessionIds = "plain" | "hashed" | "migrating";

/** The number of characters of all ids that Lucia makes. */
export const SESSION_ID_LENGTH = 40;

/** What the stored form of an id begins with, and no id of Lucia's does. */
export const STORED_PREFIX = "sha256:";

/** The number of characters of the stored form: a SHA-256 hash has 64 digits. */
export const STORED_SESSION_ID_LENGTH = STORED_PREFIX.length + 64;

const STORED = new RegExp(`^${STORED_PREFIX}[0-9a-f]{64}$`);

/**
 * The form in which a session's id is stored with `sessionIds: "hashed"`: the SHA-256 hash of what the cookie
 * holds. Nobody can sign in with it, so that it can be shown and sent around. What is in that form
 * already is returned as it is.
 *
 * @throws TypeError for what is no string
 *
 * @example
 * ```ts
 * const sessions = await auth.getAllUserSessions(user.userId);
 * const current = hashSessionId(session.sessionId);
 * const devices = sessions.map(({ sessionId }) => {
 *   const id = hashSessionId(sessionId);
 *   return { id, isThisOne: id === current };
 * });
 * ```
 */
export function hashSessionId(sessionId: string): string {
  if (typeof sessionId !== "string") {
    throw new TypeError(
      `hashSessionId was given ${describeInput(sessionId)}. Expected the id of a session, a string.`,
    );
  }
  return STORED.test(sessionId) ? sessionId : hash(sessionId);
}

function hash(sessionId: string): string {
  return STORED_PREFIX + createHash("sha256").update(sessionId).digest("hex");
}

/** Each form is found where it may be stored, so that one process can still be of the mode before. */
const MODES: Readonly<Record<SessionIds, { findsPlain: boolean; hashesNew: boolean }>> = {
  plain: { findsPlain: true, hashesNew: false },
  migrating: { findsPlain: true, hashesNew: true },
  hashed: { findsPlain: false, hashesNew: true },
};

/**
 * Stores hashes in the place of the ids of sessions, where the mode says so, wherever sessions are kept: who
 * reads them cannot sign in. Sessions that were stored in the other form are found as far as the mode says.
 */
export function withHashedSessionIds<Sessions extends SessionsAdapter>(
  sessions: Sessions,
  mode: SessionIds,
): Sessions {
  const { findsPlain, hashesNew } = MODES[mode];

  /**
   * Asks by each form in which a session may be stored. A session only ever turns from plain to hashed: so
   * none is missed by asking for the hashed one last.
   *
   * @param as the answer about a hashed one, in terms of its id. Default: as it is
   */
  const ask = <T>(
    sessionId: string,
    by: (storedId: string) => Promise<T>,
    as: (answer: NonNullable<T>) => T = (answer) => answer,
  ): Promise<T> => {
    const askHashed = async () => {
      const answer = await by(hash(sessionId));
      return answer ? as(answer) : answer;
    };
    // The stored form is never taken for an id.
    if (!findsPlain || sessionId.startsWith(STORED_PREFIX)) return askHashed();
    return by(sessionId).then((answer) => answer || askHashed());
  };
  const stored = (session: SessionSchema) =>
    hashesNew ? { ...session, id: hash(session.id) } : session;
  const { getSessionAndUserBySessionId } = sessions;

  return {
    ...sessions,
    getSession: (id) => ask(id, sessions.getSession, (session) => ({ ...session, id })),
    ...(getSessionAndUserBySessionId && {
      getSessionAndUserBySessionId: (id: string) =>
        ask(id, getSessionAndUserBySessionId, ({ user, session }) => ({
          user,
          session: { ...session, id },
        })),
    }),
    setSession: (session) => sessions.setSession(stored(session)),
    startSession: (session) => sessions.startSession(stored(session)),
    renewSession: (id, session) =>
      ask(id, (storedId) => sessions.renewSession(storedId, stored(session))),
    deleteSession: async (id) => {
      // There is nothing to be deleted under what is no id.
      if (typeof id !== "string") return;
      // As it may be listed: what is stored plain can be ended in every mode.
      if (await sessions.endSession(id)) return;
      await sessions.endSession(hashSessionId(id));
    },
  };
}

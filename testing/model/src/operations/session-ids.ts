import { createHash } from "node:crypto";
import type { SessionRow, State } from "../state.js";

/** What the hash of a session's id looks like in the database. */
export const hashOfId = (sessionId: string) =>
  `sha256:${createHash("sha256").update(sessionId).digest("hex")}`;

export const isHash = (sessionId: string) => sessionId.startsWith("sha256:");

/** What is stored for the id of a new session. */
export const toStore = ({ sessionIds }: State, sessionId: string) =>
  sessionIds === "plain" ? sessionId : hashOfId(sessionId);

/**
 * The session that somebody means who has this id in a cookie. A hash is nobody's cookie. It is found in each
 * form in which another process of the app may have stored it.
 */
export function lookUp({ sessionIds, sessions }: State, sessionId: string): SessionRow | undefined {
  if (isHash(sessionId)) return undefined;
  const plain = sessionIds === "hashed" ? undefined : sessions.get(sessionId);
  return plain ?? sessions.get(hashOfId(sessionId));
}

/** The session that is to be ended. Here any stored form will do in every mode, as `getAllUserSessions` shows it. */
export const toEnd = (state: State, sessionId: string) =>
  state.sessions.get(sessionId) ?? lookUp(state, sessionId);

import { refuse } from "../operation.js";
import type { Seen } from "../outcome.js";
import type { SessionRow, State } from "../state.js";
import { findUser, ownedBy } from "./find.js";
import { lookUp, toStore } from "./session-ids.js";

const DAY = 24 * 60 * 60 * 1000;

const isDead = ({ idle_expires }: SessionRow) => idle_expires < Date.now();
export const isIdle = ({ active_expires }: SessionRow) => active_expires < Date.now();

/** A session as Lucia returns it, by the id that it was asked for with. */
export const shownSession = (row: SessionRow, sessionId: string) => ({
  sessionId,
  userId: row.user_id,
  activePeriodExpiresAt: new Date(row.active_expires),
  idlePeriodExpiresAt: new Date(row.idle_expires),
  state: isIdle(row) ? "idle" : "active",
  fresh: false,
});

/** A session that is not dead. A dead one is deleted by whoever asks for it. */
export function findSession(state: State, sessionId: string): SessionRow {
  const session = lookUp(state, sessionId);
  if (session && !isDead(session)) return session;
  if (session) state.sessions.delete(session.id);
  return refuse("AUTH_INVALID_SESSION_ID");
}

/** Deletes a user's dead sessions, as some calls do along the way. */
export function deleteDead(state: State, userId: string): void {
  for (const session of ownedBy(userId, state.sessions)) {
    if (isDead(session)) state.sessions.delete(session.id);
  }
}

/** Active for a day, then idle for two weeks, then dead. */
export function addSession(state: State, userId: string, seen: Seen) {
  deleteDead(state, userId);
  findUser(state, userId);
  const sessionId = seen.id("sessionId");
  const id = toStore(state, sessionId);
  if (state.sessions.has(id)) refuse("AUTH_DUPLICATE_SESSION_ID");
  const active_expires = seen.timeAfter(DAY, "activePeriodExpiresAt");
  const row = { id, user_id: userId, active_expires, idle_expires: active_expires + 14 * DAY };
  state.sessions.set(id, row);
  return { ...shownSession(row, sessionId), fresh: true };
}

/**
 * A new session for the same user, while the old one stays as it is, if it still does. One and the same
 * `auth` does that once: as long as nobody ends the new one, it is returned to whoever comes a little later.
 */
export function renew(state: State, sessionId: string, { user_id }: SessionRow, seen: Seen) {
  const renewal = `${sessionId} by ${seen.auth}`;
  const earlier = state.renewals.get(renewal);
  if (earlier && lookUp(state, earlier.sessionId)) return earlier;
  deleteDead(state, user_id);
  findSession(state, sessionId);
  const session = addSession(state, user_id, seen);
  state.renewals.set(renewal, session);
  return session;
}

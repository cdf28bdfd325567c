import { LuciaError, type Session, type SessionSchema } from "lucia-auth";
import { SESSION_ID_LENGTH, STORED_PREFIX } from "../adapter/session-ids.js";

/** @throws LuciaError where a cookie or a form holds what can be no id */
export function assertSessionId(sessionId: unknown): void {
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
export function toSession(stored: SessionSchema): Session {
  return {
    sessionId: stored.id,
    userId: stored.user_id,
    activePeriodExpiresAt: new Date(Number(stored.active_expires)),
    idlePeriodExpiresAt: new Date(Number(stored.idle_expires)),
    state: Date.now() > stored.active_expires ? "idle" : "active",
    fresh: false,
  };
}

export function toSchema(session: Session): SessionSchema {
  return {
    id: session.sessionId,
    user_id: session.userId,
    active_expires: session.activePeriodExpiresAt.getTime(),
    idle_expires: session.idlePeriodExpiresAt.getTime(),
  };
}

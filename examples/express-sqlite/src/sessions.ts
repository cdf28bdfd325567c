import { createHash } from "node:crypto";
import type { Session } from "lucia-auth";
import { type Backend, sessionExpiresIn } from "./auth.js";

/** A session as a page shows it. */
export interface ListedSession {
  /** Names the session in a form. The id itself would let whoever reads the page use the session. */
  readonly handle: string;
  readonly startedAt: Date;
  readonly endsAt: Date;
  /** Whether it is the session that the page was asked for with. */
  readonly isCurrent: boolean;
}

/** The sessions of the user of `current`: that one first, then the newest. */
export async function sessionsBeside(
  { auth }: Backend,
  current: Session,
): Promise<ListedSession[]> {
  const sessions = await auth.getAllUserSessions(current.userId);
  return sessions
    .map((session) => ({
      handle: handleOf(session),
      startedAt: new Date(session.activePeriodExpiresAt.getTime() - sessionExpiresIn.activePeriod),
      endsAt: session.idlePeriodExpiresAt,
      isCurrent: session.sessionId === current.sessionId,
    }))
    .sort(
      (a, b) =>
        Number(b.isCurrent) - Number(a.isCurrent) || b.startedAt.getTime() - a.startedAt.getTime(),
    );
}

/** The session of this user that a form names, if it has not ended. */
export async function sessionOf(
  { auth }: Backend,
  userId: string,
  handle: string,
): Promise<Session | undefined> {
  const sessions = await auth.getAllUserSessions(userId);
  return sessions.find((session) => handleOf(session) === handle);
}

function handleOf({ sessionId }: Session): string {
  return createHash("sha256").update(sessionId).digest("base64url").slice(0, 22);
}

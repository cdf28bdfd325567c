import { hashSessionId } from "@kysely-lucia/postgres";
import type { Session } from "lucia-auth";
import { auth, sessionExpiresIn } from "./auth";

/** A session as a page shows it. */
export interface ListedSession {
  /** Names the session in a form: the hash of its id, with which nobody can sign in. */
  readonly handle: string;
  readonly startedAt: Date;
  readonly endsAt: Date;
  /** Whether it is the session that the page was asked for with. */
  readonly isCurrent: boolean;
}

/** The sessions of the user of `current`: that one first, then the newest. */
export async function sessionsBeside(current: Session): Promise<ListedSession[]> {
  const sessions = await auth.getAllUserSessions(current.userId);
  const currentHandle = hashSessionId(current.sessionId);
  return sessions
    .map((session) => ({
      handle: hashSessionId(session.sessionId),
      startedAt: new Date(session.activePeriodExpiresAt.getTime() - sessionExpiresIn.activePeriod),
      endsAt: session.idlePeriodExpiresAt,
      isCurrent: hashSessionId(session.sessionId) === currentHandle,
    }))
    .sort(
      (a, b) =>
        Number(b.isCurrent) - Number(a.isCurrent) || b.startedAt.getTime() - a.startedAt.getTime(),
    );
}

/** The session of this user that a form names, if it has not ended. */
export async function sessionOf(userId: string, handle: string): Promise<Session | undefined> {
  const sessions = await auth.getAllUserSessions(userId);
  return sessions.find(({ sessionId }) => hashSessionId(sessionId) === handle);
}

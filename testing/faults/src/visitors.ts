import { sql } from "kysely";
import { type App, signUp } from "./app.js";
import { Browser } from "./browser.js";
import type { Visitors } from "./fault.js";

/** Signs two users in, and makes the session of the second one idle. */
export async function signVisitorsIn(app: App): Promise<{ visitors: Visitors; userId: string }> {
  const signIn = async (username: string) => {
    const { userId } = await signUp(app, username);
    const { sessionId } = await app.auth.createSession(userId);
    return { userId, sessionId, browser: new Browser(app.auth, username, sessionId) };
  };
  const [active, idle] = [await signIn("ada"), await signIn("bob")];
  await sql`update auth_session set active_expires = 1 where id = ${idle.sessionId}`.execute(
    app.db,
  );
  return {
    visitors: { active: active.browser, idle: idle.browser },
    userId: active.userId,
  };
}

import { Browser } from "./browser.js";
import { count, many, type Scenario } from "./scenario.js";

const REQUESTS = 5;

/** A page that asks for five things at once, with a session that has become idle. */
export const d28Requests: Scenario<{ signedIn: number; newSessions: number }> = {
  id: "D28a",

  run: async (wiring) => {
    const { auth, sql } = wiring;
    const { userId } = await auth.createUser({ primaryKey: null, attributes: {} });
    const { sessionId } = await auth.createSession(userId);
    await sql("UPDATE auth_session SET active_expires = 0");

    const answers = await Promise.all(
      Array.from({ length: REQUESTS }, () => new Browser(wiring, sessionId).request().validate()),
    );
    return {
      signedIn: answers.filter((session) => session?.userId === userId).length,
      newSessions: await count(wiring, "auth_session WHERE id <> ?", sessionId),
    };
  },

  holds: ({ signedIn, newSessions }) => signedIn === REQUESTS && newSessions === 1,

  isCost: true,
  inWords: ({ newSessions }) => `${many(newSessions, "new session")} for ${REQUESTS} requests`,
};

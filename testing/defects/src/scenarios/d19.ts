import { CamelCasePlugin } from "kysely";
import { outcomeOf, type Scenario } from "./scenario.js";

/** Takes no time, unlike a real one, which is not at issue here. */
const hash = {
  generate: (password: string) => `hash of ${password}`,
  validate: (password: string, stored: string) => stored === `hash of ${password}`,
};

/** An app whose Kysely has the plugin; by hand, Lucia's adapter is written over that Kysely. */
export const d19: Scenario<{
  rightPassword: boolean;
  wrongPassword: string;
  session: boolean;
  sessionThatIsOver: string;
  ownColumn: boolean;
}> = {
  id: "D19",
  lucia: { hash },
  plugins: [new CamelCasePlugin()],

  run: async ({ auth, db, sql }) => {
    const { userId } = await auth.createUser({
      primaryKey: { providerId: "name", providerUserId: "ada", password: "correct horse" },
      attributes: {},
    });
    const key = await auth.useKey("name", "ada", "correct horse");
    const wrongPassword = await outcomeOf(auth.useKey("name", "ada", "wrong horse"));
    const { sessionId } = await auth.createSession(userId);
    const session = await auth.validateSession(sessionId);
    await sql("UPDATE auth_session SET active_expires = 0, idle_expires = 0");
    const sessionThatIsOver = await outcomeOf(auth.validateSession(sessionId));

    // The plugin is there for the app's own queries, whatever becomes of Lucia's.
    const renamed = db.withTables<{ authKey: { userId: string } }>();
    const own = await renamed.selectFrom("authKey").select("userId").execute();
    return {
      rightPassword: key.userId === userId,
      wrongPassword,
      session: session.userId === userId,
      sessionThatIsOver,
      ownColumn: own[0]?.userId === userId,
    };
  },

  holds: ({ rightPassword, wrongPassword, session, sessionThatIsOver, ownColumn }) =>
    rightPassword &&
    wrongPassword === "AUTH_INVALID_PASSWORD" &&
    session &&
    sessionThatIsOver === "AUTH_INVALID_SESSION_ID" &&
    ownColumn,

  inWords: ({ wrongPassword }) => `any password → ${wrongPassword}`,
};

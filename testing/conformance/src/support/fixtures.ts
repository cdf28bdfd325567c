import type { Session } from "lucia-auth";
import type { Context, ContextOptions } from "../context.js";
import type { Instance } from "../database.js";
import type { RawDatabase } from "../harness.js";

/** Signs a user up with the key `email:<name>` and the password `password of <name>`. */
export const signUp = ({ auth }: Pick<Instance, "auth">, name: string) =>
  auth.createUser({
    primaryKey: {
      providerId: "email",
      providerUserId: name,
      password: `password of ${name}`,
    },
    attributes: { username: name },
  });

/** The row of `auth_session` that a session must have. */
export const rowOf = (session: Session) => ({
  id: session.sessionId,
  user_id: session.userId,
  active_expires: session.activePeriodExpiresAt.getTime(),
  idle_expires: session.idlePeriodExpiresAt.getTime(),
});

/** Ends a session's active period, long ago. */
export const makeIdle = (raw: RawDatabase, { sessionId }: Session) =>
  raw.run(`update auth_session set active_expires = 1000 where id = '${sessionId}'`);

/** Ends a session, long ago. */
export const makeDead = (raw: RawDatabase, { sessionId }: Session) =>
  raw.run(
    `update auth_session set active_expires = 1000, idle_expires = 2000 where id = '${sessionId}'`,
  );

/** Ends a single-use key, long ago. */
export const makeExpired = (raw: RawDatabase, keyId: string) =>
  raw.run(`update auth_key set expires = 1000 where id = '${keyId}'`);

/** The code under test with a user, and notes of that user. */
export async function withNotes(start: Context["start"], options: ContextOptions = {}) {
  const started = await start(options);
  const { userId } = await signUp(started, "ada");
  const write = (db: Pick<Instance["db"], "insertInto">, body: string) =>
    db.insertInto("note").values({ user_id: userId, body }).execute();
  const notes = async () => (await started.raw.rows("note")).map((row) => row["body"]);
  return { ...started, userId, write, notes };
}

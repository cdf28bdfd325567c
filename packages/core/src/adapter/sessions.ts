import type { Adapter, SessionAdapter } from "lucia-auth";
import type { AdapterContext } from "./kysely-adapter.js";
import type { InsertOwned } from "./owned-rows.js";
import { decodeSession } from "./rows.js";
import type { Run, Statements } from "./run-statements.js";
import type { SessionStore } from "./session-store.js";

type Sessions = SessionAdapter &
  Required<Pick<Adapter, "getSessionAndUserBySessionId">> &
  SessionStore;

/** Lucia's operations on `auth_session`, and those that the hardened Lucia needs beyond them. */
export function sessionsAdapter({ db, spec, prepare, idIs, lockUser, cut, dead }: AdapterContext) {
  const { locksRows } = spec;
  const selectSession = prepare((sessionId: string) =>
    db.selectFrom("auth_session").selectAll().where(idIs("auth_session.id", sessionId)),
  );
  const selectSessionsOf = prepare((userId: string) =>
    db.selectFrom("auth_session").selectAll().where(idIs("auth_session.user_id", userId)),
  );
  const selectSessionAndUser = prepare((sessionId: string) =>
    db
      .selectFrom("auth_session")
      .innerJoin("auth_user", "auth_user.id", "auth_session.user_id")
      .selectAll("auth_user")
      .select([
        "auth_session.id as __session_id",
        "auth_session.active_expires as __active_expires",
        "auth_session.idle_expires as __idle_expires",
      ])
      .where(idIs("auth_session.id", sessionId)),
  );
  const insertInContinuation = prepare(
    (
      sessionId: string,
      userId: string,
      id: string,
      active_expires: number | bigint,
      idle_expires: number | bigint,
    ) =>
      db
        .insertInto("auth_session")
        .columns(["id", "user_id", "active_expires", "idle_expires"])
        .expression(
          db
            .selectFrom("auth_session")
            .select((eb) => [
              eb.val(id).as("id"),
              "auth_session.user_id",
              eb.val(active_expires).as("active_expires"),
              eb.val(idle_expires).as("idle_expires"),
            ])
            .where(idIs("auth_session.id", sessionId))
            .where(idIs("auth_session.user_id", userId))
            .$if(locksRows, (select) => select.forUpdate()),
        ),
  );
  const deleteSession = prepare((sessionId: string) =>
    db.deleteFrom("auth_session").where(idIs("auth_session.id", sessionId)),
  );
  const deleteSessionsOf = prepare((userId: string) =>
    db.deleteFrom("auth_session").where(idIs("auth_session.user_id", userId)),
  );

  return ({ run, attempt, atomically }: Statements, insert: InsertOwned): Sessions => {
    /**
     * Runs a write to sessions of a user that has to know all of them, or that one is still there. Of two
     * such writes the second one sees what the first has done.
     */
    const withUserLocked = <T>(userId: string, write: (run: Run) => Promise<T>): Promise<T> => {
      if (!locksRows) return write(attempt);
      return atomically(async (run) => {
        await run(lockUser(userId));
        return await write(run);
      });
    };

    return {
      getSession: async (sessionId) => {
        const { rows } = await run(selectSession(sessionId));
        return rows[0] ? decodeSession(rows[0]) : null;
      },

      getSessionsByUserId: async (userId) =>
        (await run(selectSessionsOf(userId))).rows.map(decodeSession),

      // Each request asks for it. `then` takes one promise, `async` with `await` two.
      getSessionAndUserBySessionId: (sessionId) =>
        run(selectSessionAndUser(sessionId)).then(({ rows: [row] }) => {
          if (!row) return null;
          const { __session_id, __active_expires, __idle_expires, ...user } = row;
          const session = decodeSession({
            id: String(__session_id),
            user_id: String(user.id),
            active_expires: __active_expires,
            idle_expires: __idle_expires,
          });
          return { user, session };
        }),

      setSession: ({ id, user_id, active_expires, idle_expires }) =>
        insert("auth_session", { id, user_id, active_expires, idle_expires }),

      startSession: ({ id, user_id, active_expires, idle_expires }) =>
        insert("auth_session", { id, user_id, active_expires, idle_expires }, Date.now()),

      deleteSession: async (sessionId) => {
        await attempt(deleteSession(sessionId));
      },

      endSession: async (sessionId) =>
        (await attempt(deleteSession(sessionId))).numAffectedRows === 1n,

      deleteSessionsByUserId: (userId) =>
        withUserLocked(userId, async (run) => {
          await run(deleteSessionsOf(userId));
        }),

      renewSession: (sessionId, { id, user_id, active_expires, idle_expires }) =>
        withUserLocked(user_id, async (run) => {
          const { numAffectedRows } = await run(
            insertInContinuation(sessionId, user_id, id, active_expires, idle_expires),
          );
          if (numAffectedRows !== 1n) return false;
          await cut.assertStored(run, "auth_session", { id, user_id });
          return true;
        }),

      deleteDeadSessions: async (userId) => {
        await attempt(dead.deleteOf(userId, Date.now()));
      },
    };
  };
}

import type { Adapter, SessionAdapter, SessionSchema } from "lucia-auth";
import type { DialectSpec } from "../dialect-spec.js";
import type { Executor } from "../executor.js";
import type { CutIds } from "./cut-ids.js";
import type { IdIs } from "./ids.js";
import type { InsertOwned } from "./owned-rows.js";
import { decodeSession } from "./rows.js";
import type { SessionStore } from "./session-store.js";
import type { Run, Statements } from "./statements.js";

type Sessions = SessionAdapter &
  Required<Pick<Adapter, "getSessionAndUserBySessionId">> &
  SessionStore;

/** Lucia's operations on `auth_session`, and those that the hardened Lucia needs beyond them. */
export function sessionsAdapter(
  db: Executor,
  { run, attempt, atomically }: Statements,
  { locksRows }: DialectSpec,
  idIs: IdIs,
  cut: CutIds,
  insert: InsertOwned,
): Sessions {
  /**
   * Runs a write to sessions of a user that has to know all of them, or that one is still there. Of two
   * such writes the second one sees what the first has done.
   */
  const withUserLocked = <T>(userId: string, write: (run: Run) => Promise<T>): Promise<T> => {
    if (!locksRows) return write(attempt);
    const lock = db
      .selectFrom("auth_user")
      .select("id")
      .where(idIs("auth_user.id", userId))
      .forUpdate();
    return atomically(async (run) => {
      await run(lock);
      return write(run);
    });
  };

  const continuing = (
    sessionId: string,
    { id, user_id, active_expires, idle_expires }: SessionSchema,
  ) =>
    db
      .selectFrom("auth_session")
      .select((eb) => [
        eb.val(id).as("id"),
        "auth_session.user_id",
        eb.val(active_expires).as("active_expires"),
        eb.val(idle_expires).as("idle_expires"),
      ])
      .where(idIs("auth_session.id", sessionId))
      .where(idIs("auth_session.user_id", user_id));

  return {
    getSession: async (sessionId) => {
      const { rows } = await run(
        db.selectFrom("auth_session").selectAll().where(idIs("auth_session.id", sessionId)),
      );
      return rows[0] ? decodeSession(rows[0]) : null;
    },

    getSessionsByUserId: async (userId) => {
      const { rows } = await run(
        db.selectFrom("auth_session").selectAll().where(idIs("auth_session.user_id", userId)),
      );
      return rows.map(decodeSession);
    },

    getSessionAndUserBySessionId: async (sessionId) => {
      const { rows } = await run(
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
      if (!rows[0]) return null;
      const { __session_id, __active_expires, __idle_expires, ...user } = rows[0];
      const session = decodeSession({
        id: String(__session_id),
        user_id: String(user.id),
        active_expires: __active_expires,
        idle_expires: __idle_expires,
      });
      return { user, session };
    },

    setSession: ({ id, user_id, active_expires, idle_expires }) =>
      insert("auth_session", { id, user_id, active_expires, idle_expires }),

    deleteSession: async (sessionId) => {
      await attempt(db.deleteFrom("auth_session").where(idIs("auth_session.id", sessionId)));
    },

    deleteSessionsByUserId: (userId) =>
      withUserLocked(userId, async (run) => {
        await run(db.deleteFrom("auth_session").where(idIs("auth_session.user_id", userId)));
      }),

    renewSession: (sessionId, renewed) =>
      withUserLocked(renewed.user_id, async (run) => {
        const { numAffectedRows } = await run(
          db
            .insertInto("auth_session")
            .columns(["id", "user_id", "active_expires", "idle_expires"])
            .expression(
              continuing(sessionId, renewed).$if(locksRows, (select) => select.forUpdate()),
            ),
        );
        if (numAffectedRows !== 1n) return false;
        await cut.assertStored(run, "auth_session", renewed.id);
        return true;
      }),

    deleteDeadSessions: async (userId) => {
      await attempt(
        db
          .deleteFrom("auth_session")
          .where(idIs("auth_session.user_id", userId))
          .where("idle_expires", "<", Date.now()),
      );
    },
  };
}

import type { Adapter, SessionAdapter } from "lucia-auth";
import type { Executor } from "../executor.js";
import type { IdIs } from "./ids.js";
import type { InsertOwned } from "./owned-rows.js";
import { decodeSession } from "./rows.js";
import type { Statements } from "./statements.js";

type Sessions = SessionAdapter & Required<Pick<Adapter, "getSessionAndUserBySessionId">>;

/** Lucia's operations on `auth_session`. */
export function sessionsAdapter(
  db: Executor,
  { run, attempt }: Statements,
  idIs: IdIs,
  insert: InsertOwned,
): Sessions {
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

    deleteSessionsByUserId: async (userId) => {
      await attempt(db.deleteFrom("auth_session").where(idIs("auth_session.user_id", userId)));
    },
  };
}

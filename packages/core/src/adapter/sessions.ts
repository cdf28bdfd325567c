import { type Adapter, LuciaError, type SessionAdapter } from "lucia-auth";
import type { Executor } from "../executor.js";
import { decodeSession } from "./rows.js";
import type { Statements } from "./statements.js";

type Sessions = SessionAdapter & Required<Pick<Adapter, "getSessionAndUserBySessionId">>;

/** Lucia's operations on `auth_session`. */
export function sessionsAdapter(db: Executor, { run }: Statements): Sessions {
  return {
    getSession: async (sessionId) => {
      const { rows } = await run(
        db.selectFrom("auth_session").selectAll().where("id", "=", sessionId),
      );
      return rows[0] ? decodeSession(rows[0]) : null;
    },

    getSessionsByUserId: async (userId) => {
      const { rows } = await run(
        db.selectFrom("auth_session").selectAll().where("user_id", "=", userId),
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
          .where("auth_session.id", "=", sessionId),
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

    setSession: async (session) => {
      // Inserted from the row of its user, so that a missing user is found without a foreign key.
      const { numAffectedRows } = await run(
        db
          .insertInto("auth_session")
          .columns(["id", "user_id", "active_expires", "idle_expires"])
          .expression((eb) =>
            eb
              .selectFrom("auth_user")
              .select([
                eb.val(session.id).as("id"),
                "auth_user.id as user_id",
                eb.val(session.active_expires as unknown).as("active_expires"),
                eb.val(session.idle_expires as unknown).as("idle_expires"),
              ])
              .where("auth_user.id", "=", session.user_id),
          ),
        { "auth_session.id": "AUTH_DUPLICATE_SESSION_ID" },
      );
      if (numAffectedRows === 0n) throw new LuciaError("AUTH_INVALID_USER_ID");
    },

    deleteSession: async (sessionId) => {
      await run(db.deleteFrom("auth_session").where("id", "=", sessionId));
    },

    deleteSessionsByUserId: async (userId) => {
      await run(db.deleteFrom("auth_session").where("user_id", "=", userId));
    },
  };
}

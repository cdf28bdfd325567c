import { type QueryCreator, sql } from "kysely";
import type { Executor, StoredTables } from "../executor.js";
import type { IdIs } from "./ids.js";
import type { Prepare } from "./statement.js";

/** Deletes those of a user's sessions whose idle period is over. */
export function deadSessions(db: Executor, prepare: Prepare, idIs: IdIs) {
  const deleteFrom = (
    queries: QueryCreator<StoredTables>,
    userId: string,
    now: number | undefined,
  ) =>
    queries
      .deleteFrom("auth_session")
      .where(idIs("auth_session.user_id", userId))
      // Excludes nothing. PostgreSQL expects a third of the user's rows under one bound, a two-hundredth between
      // two, and where it expects many it plans each time, which takes longer than the statement.
      .where("idle_expires", ">=", sql.lit(Number.MIN_SAFE_INTEGER))
      .where("idle_expires", "<", now);
  return {
    deleteOf: prepare((userId: string, now: number) => deleteFrom(db, userId, now)),
    /** The beginning of a statement that does more. */
    withDeletedOf: (userId: string, now: number | undefined) =>
      db.with("dead", (cte) => deleteFrom(cte, userId, now)),
  };
}

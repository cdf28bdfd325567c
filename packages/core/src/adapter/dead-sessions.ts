import { type QueryCreator, sql } from "kysely";
import type { Executor, StoredTables } from "../executor.js";
import type { StatementBuilder } from "./build-statements.js";
import type { IdIs } from "./ids.js";

/** The statements that delete those of a user's sessions whose idle period is over. */
export function deadSessions(db: Executor, prepare: StatementBuilder, idIs: IdIs) {
  const deleteFrom = (queries: QueryCreator<StoredTables>, userId: string, now: number) =>
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
    withDeletedOf: (userId: string, now: number) =>
      db.with("dead", (cte) => deleteFrom(cte, userId, now)),
  };
}

import type { Kysely } from "kysely";
import type { AppDatabase } from "../tables/app-database.js";
import type { AppQueries } from "./contestant.js";

/**
 * The same for ours and for stock Kysely.
 *
 * @param db whatever its dialect makes of integers: none of the queries looks at one
 */
export function appQueries(db: unknown): AppQueries {
  const kysely = db as Kysely<AppDatabase>;
  return {
    selectById: (userId) =>
      kysely
        .selectFrom("auth_user")
        .select(["id", "username"])
        .where("id", "=", userId)
        .executeTakeFirst(),
    insertNote: (userId) =>
      kysely.insertInto("note").values({ user_id: userId, body: "Measured." }).execute(),
    joinNotes: (userId) =>
      kysely
        .selectFrom("note")
        .innerJoin("auth_user", "auth_user.id", "note.user_id")
        .select(["note.id", "note.body", "auth_user.username"])
        .where("note.user_id", "=", userId)
        .limit(20)
        .execute(),
  };
}

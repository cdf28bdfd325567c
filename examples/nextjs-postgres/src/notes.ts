import type { Kysely } from "kysely";
import type { Database } from "./database";

/** A note as a page shows it. */
export interface Note {
  readonly id: number;
  readonly body: string;
  readonly created_at: Date;
  readonly author: string;
}

/** The notes of one user, the newest first. */
export function notesOf(db: Kysely<Database>, userId: string): Promise<Note[]> {
  return db
    .selectFrom("note")
    .innerJoin("auth_user", "auth_user.id", "note.user_id")
    .select(["note.id", "note.body", "note.created_at", "auth_user.username as author"])
    .where("note.user_id", "=", userId)
    .orderBy("note.id", "desc")
    .execute();
}

/** Takes the `db` of a transaction as well. */
export async function addNote(db: Kysely<Database>, userId: string, body: string): Promise<void> {
  await db.insertInto("note").values({ user_id: userId, body }).execute();
}

/** Deletes a note of this user's own. False if there is none with this number. */
export async function deleteNote(
  db: Kysely<Database>,
  userId: string,
  noteId: number,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom("note")
    .where("id", "=", noteId)
    .where("user_id", "=", userId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Deletes all notes of a user, who can only be deleted after them. */
export async function deleteNotesOf(db: Kysely<Database>, userId: string): Promise<void> {
  await db.deleteFrom("note").where("user_id", "=", userId).execute();
}

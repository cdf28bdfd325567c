import SQLite from "better-sqlite3";
import { type Generated, Kysely, SqliteDialect } from "kysely";

interface Database {
  auth_user: { id: string; username: string };
  auth_session: { id: string; user_id: string; active_expires: number; idle_expires: number };
  auth_key: { id: string; user_id: string; hashed_password: string | null };
  note: { id: Generated<number>; user_id: string; body: string };
}

const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: new SQLite("app.db") }) });

export async function signUp(id: string, username: string, hash: string): Promise<string> {
  await db.transaction().execute(async (trx) => {
    await trx.insertInto("auth_user").values({ id, username }).execute();
    const key = { id: `username:${username}`, user_id: id, hashed_password: hash };
    await trx.insertInto("auth_key").values(key).execute();
    await trx
      .insertInto("note")
      .values({ user_id: id, body: `Welcome, ${username}!` })
      .execute();
  });
  return id;
}

export async function notesOf(sessionId: string): Promise<{ username: string; body: string }[]> {
  return await db
    .selectFrom("auth_session")
    .innerJoin("auth_user", "auth_user.id", "auth_session.user_id")
    .innerJoin("note", "note.user_id", "auth_user.id")
    .select(["auth_user.username", "note.body"])
    .where("auth_session.id", "=", sessionId)
    .execute();
}

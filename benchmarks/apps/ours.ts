import { type AuthDatabase, kyselyLucia, schema } from "@kysely-lucia/sqlite";
import SQLite from "better-sqlite3";
import type { Generated } from "kysely";

interface Database extends AuthDatabase<{ username: string }> {
  note: { id: Generated<number>; user_id: string; body: string };
}

const { db, auth, transaction } = kyselyLucia({
  database: new SQLite("app.db"),
  schema: schema<Database>(),
  lucia: { env: "DEV" },
});

export async function signUp(username: string, password: string): Promise<string> {
  const primaryKey = { providerId: "username", providerUserId: username, password };
  return await transaction(async ({ db, auth }) => {
    const { userId } = await auth.createUser({ primaryKey, attributes: { username } });
    await db
      .insertInto("note")
      .values({ user_id: userId, body: `Welcome, ${username}!` })
      .execute();
    return userId;
  });
}

export async function notesOf(sessionId: string): Promise<{ username: string; body: string }[]> {
  const { user } = await auth.validateSessionUser(sessionId);
  return await db
    .selectFrom("note")
    .innerJoin("auth_user", "auth_user.id", "note.user_id")
    .select(["auth_user.username", "note.body"])
    .where("note.user_id", "=", user.userId)
    .execute();
}

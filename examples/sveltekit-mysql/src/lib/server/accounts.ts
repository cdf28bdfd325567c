import { hashPassword, isUniqueViolation } from "@kysely-lucia/mysql";
import { LuciaError, type Session } from "lucia-auth";
import { auth, transaction, type User } from "./auth.js";
import { endLinks } from "./links.js";
import { addNote, deleteNotesOf } from "./notes.js";
import { unlessBusy } from "./passwords.js";

const WELCOME =
  "Welcome!\n\nThis note was written together with your account, in one transaction: there is no " +
  "account without its welcome note. Delete it whenever you like.";

/** Names are the same in capitals and small letters: `Ada` is kept as she typed it, and signs in as `ada`. */
export const keyOf = (username: string) => ["username", username.toLowerCase()] as const;

interface NewAccount {
  readonly username: string;
  readonly email: string;
  readonly password: string;
}

/** Writes the user, the key and a welcome note, all or none, and signs in. Null if the name is taken. */
export async function signUp({ username, email, password }: NewAccount): Promise<Session | null> {
  const [providerId, providerUserId] = keyOf(username);
  // Before the transaction, which would hold its connection for as long as it takes.
  const hashed = await unlessBusy(hashPassword(password));
  try {
    return await transaction(async ({ db, auth }) => {
      const user = await auth.createUser({
        primaryKey: { providerId, providerUserId, password: hashed },
        attributes: { username, email, email_verified_at: null },
      });
      await addNote(db, user.userId, WELCOME);
      return auth.createSession(user.userId);
    });
  } catch (error) {
    if (meansNameTaken(error)) return null;
    throw error;
  }
}

/** Lucia's key is taken in any case of letters, and so is the column, which is the app's own. */
function meansNameTaken(error: unknown): boolean {
  if (error instanceof LuciaError) return error.message === "AUTH_DUPLICATE_KEY_ID";
  return isUniqueViolation(error, "auth_user.username");
}

/** Null for a wrong name and for a wrong password alike: which of the two it was is nobody's business. */
export async function signIn(username: string, password: string): Promise<Session | null> {
  const userId = await userIdOf(username, password);
  return userId === null ? null : auth.createSession(userId);
}

/** Asks again for the password of somebody who is signed in. */
export async function isPasswordOf(user: User, password: string): Promise<boolean> {
  return (await userIdOf(user.username, password)) === user.userId;
}

async function userIdOf(username: string, password: string): Promise<string | null> {
  try {
    return (await unlessBusy(auth.useKey(...keyOf(username), password))).userId;
  } catch (error) {
    if (
      error instanceof LuciaError &&
      (error.message === "AUTH_INVALID_KEY_ID" || error.message === "AUTH_INVALID_PASSWORD")
    ) {
      return null;
    }
    throw error;
  }
}

/** Changes the password and ends every session. Returns a new one, for the browser that asked. */
export async function changePassword(user: User, password: string): Promise<Session> {
  const hashed = await unlessBusy(hashPassword(password));
  return transaction(
    async ({ auth }) => {
      await auth.updateKeyPassword(...keyOf(user.username), hashed);
      await endLinks(auth, "reset-password", user.userId);
      await auth.invalidateAllUserSessions(user.userId);
      return auth.createSession(user.userId);
    },
    // A link that is made meanwhile waits for this, and this may wait for it.
    { retries: 3 },
  );
}

/** Deletes the notes and the user with its keys and sessions, all or none. */
export function deleteAccount(user: User): Promise<void> {
  return transaction(async ({ db, auth }) => {
    await deleteNotesOf(db, user.userId);
    await auth.deleteUser(user.userId);
  });
}

import { hashPassword, isUniqueViolation } from "@kysely-lucia/postgres";
import { LuciaError, type Session } from "lucia-auth";
import type { Backend, User } from "./auth.js";
import { addNote, deleteNotesOf } from "./notes.js";
import { keyOfIdentity, keyOfName, type NewKey } from "./ways.js";

const WELCOME =
  "Welcome!\n\nThis note was written together with your account, in one transaction: there is no " +
  "account without its welcome note. Delete it whenever you like.";

/** Why there is no account: somebody has this name, or this identity. */
export type Taken = "name" | "identity";

/** Makes an account with a password, and signs in. */
export async function signUp(
  backend: Backend,
  username: string,
  password: string,
): Promise<Session | Taken> {
  // Before the transaction, which would hold its connection for as long as it takes.
  const hashed = await hashPassword(password);
  return createAccount(backend, username, { ...keyOfName(username), password: hashed });
}

/** Makes an account that is signed in to with Pocket ID, and signs in. */
export function signUpByIdentity(
  backend: Backend,
  username: string,
  identity: string,
): Promise<Session | Taken> {
  return createAccount(backend, username, { ...keyOfIdentity(identity), password: null });
}

/** Writes the user, the key and a welcome note, all or none. */
async function createAccount(
  { transaction }: Backend,
  username: string,
  key: NewKey,
): Promise<Session | Taken> {
  try {
    return await transaction(async ({ db, auth }) => {
      // Lucia deletes no primary key, and any of the ways to sign in may be removed later.
      const user = await auth.createUser({ primaryKey: null, attributes: { username } });
      await auth.createKey(user.userId, { type: "persistent", ...key });
      await addNote(db, user.userId, WELCOME);
      return auth.createSession(user.userId);
    });
  } catch (error) {
    if (isUniqueViolation(error, "auth_user.lower(username)")) return "name";
    if (error instanceof LuciaError && error.message === "AUTH_DUPLICATE_KEY_ID") return "identity";
    throw error;
  }
}

/** Null for a wrong name and for a wrong password alike: which of the two it was is nobody's business. */
export async function signIn(
  { auth }: Backend,
  username: string,
  password: string,
): Promise<Session | null> {
  const userId = await userIdOf(auth, username, password);
  return userId === null ? null : auth.createSession(userId);
}

/** Null if nobody has this identity. */
export async function signInByIdentity(
  { auth }: Backend,
  identity: string,
): Promise<Session | null> {
  const { providerId, providerUserId } = keyOfIdentity(identity);
  try {
    const { userId } = await auth.useKey(providerId, providerUserId, null);
    return await auth.createSession(userId);
  } catch (error) {
    if (error instanceof LuciaError && error.message === "AUTH_INVALID_KEY_ID") return null;
    throw error;
  }
}

/** Asks again for the password of somebody who is signed in. */
export async function isPasswordOf(
  { auth }: Backend,
  user: User,
  password: string,
): Promise<boolean> {
  return (await userIdOf(auth, user.username, password)) === user.userId;
}

async function userIdOf(
  auth: Backend["auth"],
  username: string,
  password: string,
): Promise<string | null> {
  const { providerId, providerUserId } = keyOfName(username);
  try {
    return (await auth.useKey(providerId, providerUserId, password)).userId;
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
export async function changePassword(
  { transaction }: Backend,
  user: User,
  password: string,
): Promise<Session> {
  const { providerId, providerUserId } = keyOfName(user.username);
  const hashed = await hashPassword(password);
  return transaction(async ({ auth }) => {
    await auth.updateKeyPassword(providerId, providerUserId, hashed);
    await auth.invalidateAllUserSessions(user.userId);
    return auth.createSession(user.userId);
  });
}

/** Deletes the notes and the user with its keys and sessions, all or none. */
export function deleteAccount({ transaction }: Backend, user: User): Promise<void> {
  return transaction(async ({ db, auth }) => {
    await deleteNotesOf(db, user.userId);
    await auth.deleteUser(user.userId);
  });
}

import { type HashedPassword, hashPassword } from "@kysely-lucia/postgres";
import type { Kysely } from "kysely";
import { LuciaError, type Session } from "lucia-auth";
import type { Backend, User } from "./auth.js";
import type { Database } from "./database.js";

/** How somebody can sign in: each is a key of Lucia's. */
export type Way = "password" | "pocket-id";

/** As people read it. */
export const NAMES: Readonly<Record<Way, string>> = {
  password: "Password",
  "pocket-id": "Pocket ID",
};

/** Lucia's name for each way. */
const PROVIDER_IDS: Readonly<Record<Way, string>> = {
  password: "username",
  "pocket-id": "pocket-id",
};

/** A key that is about to be written. */
export interface NewKey {
  readonly providerId: string;
  readonly providerUserId: string;
  readonly password: HashedPassword | null;
}

/** Names are the same in capitals and small letters: `Ada` is kept as she typed it, and signs in as `ada`. */
export const keyOfName = (username: string) => ({
  providerId: PROVIDER_IDS.password,
  providerUserId: username.toLowerCase(),
});

export const keyOfIdentity = (identity: string) => ({
  providerId: PROVIDER_IDS["pocket-id"],
  providerUserId: identity,
});

export function isWay(text: string): text is Way {
  return Object.hasOwn(NAMES, text);
}

/** The ways of one user. Takes the `auth` of a transaction as well. */
export async function waysOf(auth: Backend["auth"], userId: string): Promise<Way[]> {
  const keys = await auth.getAllUserKeys(userId);
  return (Object.keys(NAMES) as Way[]).filter((way) =>
    keys.some(({ providerId }) => providerId === PROVIDER_IDS[way]),
  );
}

/** Gives a password to somebody who has none. False if there is one by now. */
export async function addPassword(
  backend: Backend,
  user: User,
  password: string,
): Promise<boolean> {
  const hashed = await hashPassword(password);
  const key = { ...keyOfName(user.username), password: hashed };
  return (await addWay(backend, user, "password", key)) === "added";
}

/** Links an identity that Pocket ID has confirmed to the account of somebody who is signed in. */
export function linkIdentity(
  backend: Backend,
  user: User,
  identity: string,
): Promise<"added" | "there already" | "somebody else’s"> {
  return addWay(backend, user, "pocket-id", { ...keyOfIdentity(identity), password: null });
}

async function addWay({ transaction }: Backend, { userId }: User, way: Way, key: NewKey) {
  try {
    return await transaction(async ({ db, auth }) => {
      await lockWays(db, userId);
      if ((await waysOf(auth, userId)).includes(way)) return "there already";
      await auth.createKey(userId, { type: "persistent", ...key });
      return "added";
    });
  } catch (error) {
    const isTaken = error instanceof LuciaError && error.message === "AUTH_DUPLICATE_KEY_ID";
    if (isTaken) return "somebody else’s";
    throw error;
  }
}

/**
 * Removes a way, unless it is the only one, and ends every session: one may have been begun that way.
 * Returns a new one, for the browser that asked.
 */
export function removeWay(
  { transaction }: Backend,
  { userId }: User,
  way: Way,
): Promise<Session | "the last one" | "not there"> {
  return transaction(async ({ db, auth }) => {
    await lockWays(db, userId);
    const keys = await auth.getAllUserKeys(userId);
    const removed = keys.filter(({ providerId }) => providerId === PROVIDER_IDS[way]);
    if (removed.length === 0) return "not there";
    if (removed.length === keys.length) return "the last one";
    for (const key of removed) await auth.deleteKey(key.providerId, key.providerUserId);
    await auth.invalidateAllUserSessions(userId);
    return auth.createSession(userId);
  });
}

/** Of two requests that change the ways of one user, the second waits: together they could remove all of them. */
async function lockWays(db: Kysely<Database>, userId: string): Promise<void> {
  await db.selectFrom("auth_user").select("id").where("id", "=", userId).forNoKeyUpdate().execute();
}

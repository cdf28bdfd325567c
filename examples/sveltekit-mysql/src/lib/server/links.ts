import { createHash, randomBytes } from "node:crypto";
import { LuciaError } from "lucia-auth";
import { auth } from "./auth.js";

/** What a link in a mail is for. Each is a single-use key of Lucia with this provider. */
export type Purpose = "verify-email" | "reset-password";

/** How long each link works, in seconds. */
const EXPIRES_IN: Record<Purpose, number> = { "verify-email": 24 * 3600, "reset-password": 3600 };

/** Why a link does not work, in words for the person who opened it. */
export const WHY_NOT = {
  used: "It has been used already, or a part of it is missing. Each link works once.",
  expired: "It has expired: it was sent too long ago.",
} as const;

export type Problem = keyof typeof WHY_NOT;

/**
 * Makes a key for a link. Returns the token, which nobody can guess, to be put into the link; the table
 * holds its hash, with which nobody can make one. Takes the `auth` of a transaction as well.
 */
export async function createToken(
  purpose: Purpose,
  userId: string,
  { createKey }: Pick<typeof auth, "createKey"> = auth,
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await createKey(userId, {
    type: "single_use",
    providerId: purpose,
    providerUserId: hash(token),
    password: null,
    expiresIn: EXPIRES_IN[purpose],
  });
  return token;
}

/** Whose a link is that would work now, or why it would not. Uses nothing up. */
export async function lookAt(purpose: Purpose, token: string): Promise<Look> {
  try {
    const key = await auth.getKey(purpose, hash(token));
    if (key.type === "single_use" && key.expired) return { problem: "expired" };
    return { userId: key.userId };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

type Look =
  | { readonly userId: string; readonly problem?: undefined }
  | { readonly userId?: undefined; readonly problem: Problem };

/**
 * Uses a link up and returns whose it is. Takes the `auth` of a transaction: if that rolls back, the
 * link works again.
 *
 * @throws LuciaError that {@link problemOf} knows, where the link does not work
 */
export async function useToken(
  { useKey }: Pick<typeof auth, "useKey">,
  purpose: Purpose,
  token: string,
): Promise<string> {
  return (await useKey(purpose, hash(token), null)).userId;
}

/** Whether a link for this, which was not used yet, was made for a user in the last minute. */
export async function isJustSent(
  { getAllUserKeys }: Pick<typeof auth, "getAllUserKeys">,
  purpose: Purpose,
  userId: string,
): Promise<boolean> {
  const aMinuteAgo = Date.now() - 60_000;
  return (await getAllUserKeys(userId)).some(
    (key) =>
      key.type === "single_use" &&
      key.providerId === purpose &&
      key.expiresAt.getTime() - EXPIRES_IN[purpose] * 1000 > aMinuteAgo,
  );
}

/** Ends all links that were sent to a user for this. Takes the `auth` of a transaction. */
export async function endLinks(
  { getAllUserKeys, deleteKey }: Pick<typeof auth, "getAllUserKeys" | "deleteKey">,
  purpose: Purpose,
  userId: string,
): Promise<void> {
  for (const { providerId, providerUserId } of await getAllUserKeys(userId)) {
    if (providerId === purpose) await deleteKey(providerId, providerUserId);
  }
}

/**
 * What an error says of a link.
 *
 * @throws the error, where it is about something else
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof LuciaError) {
    if (error.message === "AUTH_INVALID_KEY_ID") return "used";
    if (error.message === "AUTH_EXPIRED_KEY") return "expired";
  }
  throw error;
}

function hash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

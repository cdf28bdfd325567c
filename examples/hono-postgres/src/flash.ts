import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Site } from "./site.js";

/** What is said once, on the next page, after something was done. */
export const SENTENCES = {
  "signed-up": "Your account is ready. Welcome!",
  "signed-out": "You are signed out.",
  "signed-out-before":
    "You are no longer signed in, so nothing was changed. Sign in, then try again.",
  "note-added": "Note added.",
  "note-deleted": "Note deleted.",
  "note-gone": "That note was not there any more.",
  "session-ended": "That session has ended. Whoever used it is signed out.",
  "session-gone": "That session had ended already.",
  "password-changed": "Your password is changed, and all other sessions have ended.",
  "account-deleted": "Your account and all your notes are deleted.",
  "way-linked": "You can now sign in with Pocket ID as well.",
  "way-there": "You could sign in with Pocket ID already.",
  "password-set": "You can now sign in with your name and this password as well.",
  "way-removed": "You can no longer sign in that way, and all other sessions have ended.",
  "way-gone": "That way to sign in was not there any more.",
} as const;

type Done = keyof typeof SENTENCES;

const COOKIE = "flash";

/** Has the next page say what was done. */
export function sayNext(c: Context, { isSecure }: Pick<Site, "isSecure">, done: Done): void {
  setCookie(c, COOKIE, done, { httpOnly: true, sameSite: "Lax", secure: isSecure });
}

/** A sentence for the top of a page. */
export interface Flash {
  readonly text: string;
  /** Whether it has to be noticed: what was asked for was not done. */
  readonly isBad: boolean;
}

/** The sentence to say on this page, if there is one. It will not be said again. */
export function takeFlash(c: Context): Flash | undefined {
  const done = getCookie(c, COOKIE);
  if (done === undefined) return undefined;
  deleteCookie(c, COOKIE);
  const found = Object.entries(SENTENCES).find(([name]) => name === done);
  return found && { text: found[1], isBad: found[0] === "signed-out-before" };
}

import { type Cookies, redirect } from "@sveltejs/kit";
import { isHttps } from "./settings.js";

/** What is said once, on the next page, after something was done. */
const SENTENCES = {
  "signed-up": "Your account is ready. Welcome!",
  "signed-out": "You are signed out.",
  "no-longer-signed-in":
    "You are no longer signed in, so nothing was changed. Sign in, then try again.",
  "note-added": "Note added.",
  "note-deleted": "Note deleted.",
  "note-gone": "That note was not there any more.",
  "session-ended": "That session has ended. Whoever used it is signed out.",
  "session-gone": "That session had ended already.",
  "password-changed": "Your password is changed, and all other sessions have ended.",
  "account-deleted": "Your account and all your notes are deleted.",
  "verification-sent": "A mail with a new link is on its way to you.",
  "email-verified": "Your e-mail is verified. Thank you!",
  "reset-sent":
    "If there is an account with this e-mail, a mail with a link is on its way. It works for one hour.",
  "password-reset":
    "Your password is changed, and all sessions have ended. Sign in with the new password.",
} as const;

const COOKIE = "flash";
const options = { path: "/", httpOnly: true, sameSite: "lax", secure: isHttps } as const;

/** Sends the browser on to a page that can be reloaded, and has it say what was done. */
export function redirectTo(path: string, cookies: Cookies, done: keyof typeof SENTENCES): never {
  cookies.set(COOKIE, done, options);
  redirect(303, path);
}

/** A sentence to say on a page, and whether it is bad news. */
export interface Flash {
  readonly text: string;
  readonly isBad: boolean;
}

/** What to say on this page, if there is something. It will not be said again. */
export function takeFlash(cookies: Cookies): Flash | undefined {
  const said = cookies.get(COOKIE);
  if (said === undefined) return undefined;
  cookies.delete(COOKIE, options);
  const text = Object.entries(SENTENCES).find(([done]) => done === said)?.[1];
  return text === undefined ? undefined : { text, isBad: said === "no-longer-signed-in" };
}

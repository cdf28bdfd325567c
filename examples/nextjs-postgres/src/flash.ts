import { cookies, headers } from "next/headers";
import { redirect as redirectTo } from "next/navigation";
import { ORIGIN } from "./origin";

/** What is said once, on the next page, after something was done. */
const SENTENCES = {
  "signed-up": "Your account is ready. Welcome!",
  "signed-out": "You are signed out.",
  "not-signed-in": "You are no longer signed in, so nothing was changed. Sign in, then try again.",
  "note-added": "Note added.",
  "note-deleted": "Note deleted.",
  "note-gone": "That note was not there any more.",
  "session-ended": "That session has ended. Whoever used it is signed out.",
  "session-gone": "That session had ended already.",
  "password-changed": "Your password is changed, and all other sessions have ended.",
  "account-deleted": "Your account and all your notes are deleted.",
} as const;

type Done = keyof typeof SENTENCES;

/** The cookie, and the header in which `proxy.ts` hands it on when it takes the cookie away. */
export const FLASH = "flash";

/** Sends the browser on to a page that can be reloaded, and has it say what was done. */
export async function redirect(path: string, done?: Done): Promise<never> {
  if (done) await setFlash(done);
  redirectTo(path);
}

/** Has the next page say what was done. Scripts may read the cookie: the page removes it. */
export async function setFlash(done: Done): Promise<void> {
  const secure = ORIGIN.startsWith("https:");
  (await cookies()).set(FLASH, done, { sameSite: "lax", secure });
}

/** The sentence to say on this page, if there is one, and whether it is bad news. */
export async function takeFlash(): Promise<{ text: string; isBad: boolean } | undefined> {
  const given = (await headers()).get(FLASH);
  const found = Object.entries(SENTENCES).find(([done]) => done === given);
  return found && { text: found[1], isBad: found[0] === "not-signed-in" };
}

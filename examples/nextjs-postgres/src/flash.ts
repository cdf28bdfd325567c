import { cookies, headers } from "next/headers";
import { redirect as redirectTo } from "next/navigation";
import { isHttps } from "./settings";

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
  (await cookies()).set(FLASH, done, { sameSite: "lax", secure: isHttps() });
}

/** Whether there is a sentence for this. A cookie can have any value, also one that no header may have. */
export function isDone(value: string | undefined): value is Done {
  return value !== undefined && Object.hasOwn(SENTENCES, value);
}

/** The sentence to say on this page, if there is one, and whether it is bad news. */
export async function takeFlash(): Promise<{ text: string; isBad: boolean } | undefined> {
  const done = (await headers()).get(FLASH) ?? undefined;
  return isDone(done) ? { text: SENTENCES[done], isBad: done === "not-signed-in" } : undefined;
}

import type { Request, Response } from "express";

/** What is said once, on the next page, after something was done. */
const SENTENCES = {
  "signed-up": "Your account is ready. Welcome!",
  "signed-out": "You are signed out.",
  "note-added": "Note added.",
  "note-deleted": "Note deleted.",
  "note-gone": "That note was not there any more.",
  "session-ended": "That session has ended. Whoever used it is signed out.",
  "session-gone": "That session had ended already.",
  "password-changed": "Your password is changed, and all other sessions have ended.",
  "account-deleted": "Your account and all your notes are deleted.",
} as const;

const COOKIE = "flash";

/** Sends the browser on to a page that can be reloaded, and has it say what was done. */
export function redirect(response: Response, path: string, done?: keyof typeof SENTENCES): void {
  if (done) {
    const options = { httpOnly: true, sameSite: "lax", secure: response.req.secure } as const;
    response.cookie(COOKIE, done, options);
  }
  response.redirect(303, path);
}

/** The sentence to say on this page, if there is one. It will not be said again. */
export function takeFlash(request: Request, response: Response): string | undefined {
  const cookie = /(?:^|; )flash=([a-z-]+)/.exec(request.headers.cookie ?? "");
  if (!cookie?.[1]) return undefined;
  response.clearCookie(COOKIE);
  return Object.entries(SENTENCES).find(([done]) => done === cookie[1])?.[1];
}

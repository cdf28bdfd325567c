import type { Request, RequestHandler, Response } from "express";
import type { Session } from "lucia-auth";
import type { Backend, User } from "./auth.js";
import { redirect } from "./flash.js";
import { sendPage } from "./page.js";
import { signInPage } from "./views/sign-in.js";

/** A request by somebody who is signed in. */
export interface Visit {
  readonly request: Request;
  readonly response: Response;
  readonly user: User;
  readonly session: Session;
  /** Gives this browser another session, or none. */
  readonly setSession: (session: Session | null) => void;
}

/** Runs `handle` for those who are signed in; everybody else is asked to sign in. */
export function forSignedIn(
  { auth }: Backend,
  handle: (visit: Visit) => Promise<void>,
): RequestHandler {
  return async (request, response) => {
    const { setSession, validateUser } = auth.handleRequest(request, response);
    const { user, session } = await validateUser();
    if (user) return handle({ request, response, user, session, setSession });
    if (request.method !== "POST") return redirect(response, "/sign-in");
    const notice = "You are no longer signed in, so nothing was changed. Sign in, then try again.";
    sendPage(request, response, signInPage({ notice }), 401);
  };
}

import type { Context, MiddlewareHandler } from "hono";
import type { Session } from "lucia-auth";
import type { User } from "./auth.js";
import { SENTENCES, sayNext } from "./flash.js";
import { Refusal } from "./refusal.js";
import { authRequest, type Site } from "./site.js";

/** Somebody who is signed in, in `c.var`. */
export interface SignedIn {
  Variables: {
    user: User;
    session: Session;
    /** Gives this browser another session, or none. */
    setSession: (session: Session | null) => void;
  };
}

/** Lets those pass who are signed in. Pages send everybody else to sign in. */
export const pageForSignedIn = (site: Site) =>
  forSignedIn(site, (c) => c.redirect("/sign-in", 303));

/** The same for the API, which answers 401; the page that has asked then sends its reader to sign in. */
export const apiForSignedIn = (site: Site) =>
  forSignedIn(site, (c) => {
    sayNext(c, site, "signed-out-before");
    throw new Refusal(401, "signed-out", SENTENCES["signed-out-before"]);
  });

function forSignedIn(site: Site, turnAway: (c: Context) => Response): MiddlewareHandler<SignedIn> {
  return async (c, next) => {
    const { setSession, validateUser } = authRequest(site, c);
    const { user, session } = await validateUser();
    if (!user) return turnAway(c);
    c.set("user", user);
    c.set("session", session);
    c.set("setSession", setSession);
    await next();
  };
}

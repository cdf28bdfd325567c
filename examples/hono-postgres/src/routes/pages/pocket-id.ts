import { hashSessionId } from "@kysely-lucia/postgres";
import { type Context, Hono } from "hono";
import { generateRandomString, type Session } from "lucia-auth";
import { signInByIdentity, signUpByIdentity } from "../../accounts.js";
import { sayNext } from "../../flash.js";
import { checkName } from "../../forms.js";
import { sendPage } from "../../page.js";
import { findNewcomer, keepNewcomer, type Owner, takeAttempt } from "../../pocket-id/attempts.js";
import { forgetInBrowser, keepInBrowser, readFromBrowser } from "../../pocket-id/cookies.js";
import { CALLBACK, type Identity, ProviderError } from "../../pocket-id/provider.js";
import { authRequest, type Site } from "../../site.js";
import { chooseNamePage } from "../../views/choose-name.js";
import * as messages from "../../views/messages.js";
import { linkIdentity } from "../../ways.js";

/** Where Pocket ID sends people back to, and where those choose a name who are new. */
export function pocketIdPages(site: Site): Hono {
  const app = new Hono();
  const { backend, provider } = site;
  if (!provider) return app;

  app.get(CALLBACK, async (c) => {
    const state = c.req.query("state");
    // Otherwise somebody could send others here with an answer that is about themselves.
    const isOfThisBrowser = state && state === readFromBrowser(c, "pocket_id_state");
    const attempt = isOfThisBrowser ? await takeAttempt(backend.db, state) : undefined;
    if (!attempt) return sendPage(c, messages.attemptOverPage, 400);
    forgetInBrowser(c, "pocket_id_state");
    try {
      const identity = await provider.finish(new URL(c.req.url).search, attempt.secrets);
      return await (attempt.owner ? link(c, identity, attempt.owner) : signIn(c, identity));
    } catch (error) {
      if (!(error instanceof ProviderError && error.isRefusal)) throw error;
      return sendPage(c, messages.providerRefusedPage, 403);
    }
  });

  /** To the account of whoever has asked for it, in the session in which that was asked, and to no other. */
  async function link(c: Context, identity: Identity, owner: Owner) {
    const { user, session } = await authRequest(site, c).validateUser();
    const isOwner =
      user && user.userId === owner.userId && hashSessionId(session.sessionId) === owner.session;
    if (!isOwner) return sendPage(c, messages.otherSessionPage, 403);
    const linked = await linkIdentity(backend, user, identity.id);
    if (linked === "somebody else’s") return sendPage(c, messages.otherAccountPage, 409);
    sayNext(c, site, linked === "added" ? "way-linked" : "way-there");
    return c.redirect("/account", 303);
  }

  async function signIn(c: Context, identity: Identity) {
    const { id, name } = identity;
    const session = await signInByIdentity(backend, id);
    if (session) return enter(c, session);
    const created = checkName(name) ? "name" : await signUpByIdentity(backend, name, id);
    if (created === "identity") return sendPage(c, messages.attemptOverPage, 409);
    if (created !== "name") {
      sayNext(c, site, "signed-up");
      return enter(c, created);
    }
    const secret = generateRandomString(40);
    await keepNewcomer(backend.db, secret, identity);
    keepInBrowser(c, site, "pocket_id_newcomer", secret);
    return c.redirect("/sign-up/pocket-id", 303);
  }

  function enter(c: Context, session: Session) {
    authRequest(site, c).setSession(session);
    return c.redirect("/notes", 303);
  }

  app.get("/sign-up/pocket-id", async (c) => {
    const { user } = await authRequest(site, c).validateUser();
    if (user) return c.redirect("/notes", 303);
    const secret = readFromBrowser(c, "pocket_id_newcomer");
    const newcomer = secret && (await findNewcomer(backend.db, secret));
    if (!newcomer) return c.redirect("/sign-in", 303);
    return sendPage(c, chooseNamePage(newcomer.name));
  });

  return app;
}

import { hashSessionId } from "@kysely-lucia/postgres";
import { type Context, Hono } from "hono";
import { changePassword, deleteAccount, isPasswordOf } from "../../accounts.js";
import { sayNext } from "../../flash.js";
import { checkNewPassword, hasErrors } from "../../forms.js";
import { Refusal, refuseFields } from "../../refusal.js";
import { sessionOf } from "../../sessions.js";
import { apiForSignedIn, type SignedIn } from "../../signed-in.js";
import type { Site } from "../../site.js";
import { addPassword, waysOf } from "../../ways.js";
import { fieldsOf } from "./fields.js";

/** The sessions, the password and the end of an account. */
export function accountApi(site: Site): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const { backend } = site;
  const signedIn = apiForSignedIn(site);

  app.post("/account/sessions/:handle/end", signedIn, async (c) => {
    const { user, session, setSession } = c.var;
    const ended = await sessionOf(backend, user.userId, c.req.param("handle"));
    if (!ended) {
      sayNext(c, site, "session-gone");
      throw new Refusal(404, "gone", "That session had ended already.");
    }
    await backend.auth.invalidateSession(ended.sessionId);
    const isOwn = hashSessionId(ended.sessionId) === hashSessionId(session.sessionId);
    if (isOwn) setSession(null);
    sayNext(c, site, isOwn ? "signed-out" : "session-ended");
    return c.body(null, 204);
  });

  app.post("/account/password", signedIn, async (c) => {
    const { current, password } = await fieldsOf(c, "current", "password");
    const hasPassword = await canUsePassword(c);
    const errors = {
      current: hasPassword ? await passwordError(c, current) : undefined,
      password: checkNewPassword(password),
    };
    if (hasErrors(errors)) throw refuseFields(errors);
    if (hasPassword) {
      c.var.setSession(await changePassword(backend, c.var.user, password));
    } else if (!(await addPassword(backend, c.var.user, password))) {
      throw new Refusal(409, "way-there", "You have a password already. Load this page again.");
    }
    sayNext(c, site, hasPassword ? "password-changed" : "password-set");
    return c.body(null, 204);
  });

  app.post("/account/delete", signedIn, async (c) => {
    const { confirm } = await fieldsOf(c, "confirm");
    const error = (await canUsePassword(c))
      ? await passwordError(c, confirm)
      : nameError(c, confirm.trim());
    if (error) throw refuseFields({ confirm: error });
    await deleteAccount(backend, c.var.user);
    c.var.setSession(null);
    sayNext(c, site, "account-deleted");
    return c.body(null, 204);
  });

  async function canUsePassword(c: Context<SignedIn>): Promise<boolean> {
    return (await waysOf(backend.auth, c.var.user.userId)).includes("password");
  }

  async function passwordError(c: Context<SignedIn>, password: string) {
    if (password === "") return "Type your current password.";
    const isRight = await isPasswordOf(backend, c.var.user, password);
    return isRight ? undefined : "This password is wrong.";
  }

  function nameError(c: Context<SignedIn>, name: string) {
    return name === c.var.user.username ? undefined : "This is not your name.";
  }

  return app;
}

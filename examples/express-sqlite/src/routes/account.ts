import { hashSessionId } from "@kysely-lucia/sqlite";
import { Router } from "express";
import { changePassword, deleteAccount, isPasswordOf } from "../accounts.js";
import type { Backend } from "../auth.js";
import { redirect } from "../flash.js";
import { checkNewPassword, hasErrors, readFields } from "../forms.js";
import { sendPage } from "../page.js";
import { sessionOf, sessionsBeside } from "../sessions.js";
import { forSignedIn, type Visit } from "../signed-in.js";
import { type AccountErrors, accountPage } from "../views/account.js";

/** The sessions, the password and the end of an account. */
export function accountRoutes(backend: Backend): Router {
  const router = Router();

  const show = async ({ request, response, user, session }: Visit, errors?: AccountErrors) => {
    const sessions = await sessionsBeside(backend, session);
    sendPage(request, response, accountPage({ user, sessions, errors }), errors ? 422 : 200);
  };

  router.get("/account", forSignedIn(backend, show));

  // Where a form with errors was shown, and its address is then opened again.
  router.get(["/account/password", "/account/delete"], (_request, response) => {
    redirect(response, "/account");
  });

  router.post(
    "/account/sessions/:handle/end",
    forSignedIn(backend, async ({ request, response, user, session, setSession }) => {
      const ended = await sessionOf(backend, user.userId, String(request.params["handle"]));
      if (!ended) return redirect(response, "/account", "session-gone");
      await backend.auth.invalidateSession(ended.sessionId);
      if (hashSessionId(ended.sessionId) !== hashSessionId(session.sessionId)) {
        return redirect(response, "/account", "session-ended");
      }
      setSession(null);
      redirect(response, "/", "signed-out");
    }),
  );

  router.post(
    "/account/password",
    forSignedIn(backend, async (visit) => {
      const { current, password } = readFields(visit.request.body, "current", "password");
      const errors = {
        current: await passwordError(visit, current),
        password: checkNewPassword(password),
      };
      if (hasErrors(errors)) return show(visit, errors);
      visit.setSession(await changePassword(backend, visit.user, password));
      redirect(visit.response, "/account", "password-changed");
    }),
  );

  router.post(
    "/account/delete",
    forSignedIn(backend, async (visit) => {
      const { confirm } = readFields(visit.request.body, "confirm");
      const error = await passwordError(visit, confirm);
      if (error) return show(visit, { confirm: error });
      await deleteAccount(backend, visit.user);
      visit.setSession(null);
      redirect(visit.response, "/", "account-deleted");
    }),
  );

  async function passwordError({ user }: Visit, password: string): Promise<string | undefined> {
    if (password === "") return "Type your current password.";
    return (await isPasswordOf(backend, user, password)) ? undefined : "This password is wrong.";
  }

  return router;
}

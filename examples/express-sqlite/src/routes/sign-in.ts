import { Router } from "express";
import { signIn } from "../accounts.js";
import type { Backend } from "../auth.js";
import { redirect } from "../flash.js";
import { hasErrors, readFields } from "../forms.js";
import { sendPage } from "../page.js";
import { forSignedIn } from "../signed-in.js";
import { signInPage } from "../views/sign-in.js";

/** Signing in, and signing out again. */
export function signInRoutes(backend: Backend): Router {
  const router = Router();

  router.get("/sign-in", async (request, response) => {
    const { user } = await backend.auth.handleRequest(request, response).validateUser();
    if (user) return redirect(response, "/notes");
    sendPage(request, response, signInPage());
  });

  router.post("/sign-in", async (request, response) => {
    const { password, ...fields } = readFields(request.body, "username", "password");
    const username = fields.username.trim();
    const errors = {
      username: username === "" ? "Type your name." : undefined,
      password: password === "" ? "Type your password." : undefined,
    };
    if (hasErrors(errors)) {
      return sendPage(request, response, signInPage({ username, errors }), 422);
    }
    const session = await signIn(backend, username, password);
    if (!session) {
      const wrong = { password: "This name and this password do not belong together." };
      return sendPage(request, response, signInPage({ username, errors: wrong }), 401);
    }
    backend.auth.handleRequest(request, response).setSession(session);
    redirect(response, "/notes");
  });

  router.post(
    "/sign-out",
    forSignedIn(backend, async ({ response, session, setSession }) => {
      await backend.auth.invalidateSession(session.sessionId);
      setSession(null);
      redirect(response, "/", "signed-out");
    }),
  );

  return router;
}

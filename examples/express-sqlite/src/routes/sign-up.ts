import { Router } from "express";
import { signUp } from "../accounts.js";
import type { Backend } from "../auth.js";
import { redirect } from "../flash.js";
import { checkName, checkNewPassword, hasErrors, readFields } from "../forms.js";
import { sendPage } from "../page.js";
import { signUpPage } from "../views/sign-up.js";

export function signUpRoutes(backend: Backend): Router {
  const router = Router();

  router.get("/sign-up", async (request, response) => {
    const { user } = await backend.auth.handleRequest(request, response).validateUser();
    if (user) return redirect(response, "/notes");
    sendPage(request, response, signUpPage());
  });

  router.post("/sign-up", async (request, response) => {
    const { password, ...fields } = readFields(request.body, "username", "password");
    const username = fields.username.trim();
    const errors = { username: checkName(username), password: checkNewPassword(password) };
    if (hasErrors(errors)) {
      return sendPage(request, response, signUpPage({ username, errors }), 422);
    }
    const session = await signUp(backend, username, password);
    if (!session) {
      const taken = { username: `The name ${username} is taken. Choose another one.` };
      return sendPage(request, response, signUpPage({ username, errors: taken }), 409);
    }
    backend.auth.handleRequest(request, response).setSession(session);
    redirect(response, "/notes", "signed-up");
  });

  return router;
}

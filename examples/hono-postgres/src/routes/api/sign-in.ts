import { Hono } from "hono";
import { signIn, signUp } from "../../accounts.js";
import { sayNext } from "../../flash.js";
import { checkName, checkNewPassword, hasErrors } from "../../forms.js";
import { nameTaken, refuseFields } from "../../refusal.js";
import { apiForSignedIn } from "../../signed-in.js";
import { authRequest, type Site } from "../../site.js";
import { fieldsOf } from "./fields.js";

/** Signing up, in and out with a name and a password. */
export function signInApi(site: Site): Hono {
  const app = new Hono();
  const { backend } = site;

  app.post("/sign-up", async (c) => {
    const { password, ...fields } = await fieldsOf(c, "username", "password");
    const username = fields.username.trim();
    const errors = { username: checkName(username), password: checkNewPassword(password) };
    if (hasErrors(errors)) throw refuseFields(errors);
    const session = await signUp(backend, username, password);
    if (typeof session === "string") throw nameTaken(username);
    authRequest(site, c).setSession(session);
    sayNext(c, site, "signed-up");
    return c.json({ user: { username } }, 201);
  });

  app.post("/sign-in", async (c) => {
    const { password, ...fields } = await fieldsOf(c, "username", "password");
    const username = fields.username.trim();
    const errors = {
      username: username === "" ? "Type your name." : undefined,
      password: password === "" ? "Type your password." : undefined,
    };
    if (hasErrors(errors)) throw refuseFields(errors);
    const session = await signIn(backend, username, password);
    if (!session) {
      const wrong = { password: "This name and this password do not belong together." };
      throw refuseFields(wrong, 401, "wrong-password");
    }
    authRequest(site, c).setSession(session);
    return c.body(null, 204);
  });

  app.post("/sign-out", apiForSignedIn(site), async (c) => {
    await backend.auth.invalidateSession(c.var.session.sessionId);
    c.var.setSession(null);
    sayNext(c, site, "signed-out");
    return c.body(null, 204);
  });

  return app;
}

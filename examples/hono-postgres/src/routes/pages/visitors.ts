import { type Context, Hono } from "hono";
import { sendPage } from "../../page.js";
import { authRequest, type Site } from "../../site.js";
import { homePage } from "../../views/home.js";
import type { Page } from "../../views/layout.js";
import { signInPage } from "../../views/sign-in.js";
import { signUpPage } from "../../views/sign-up.js";

/** The pages of those who are not signed in; everybody else is sent to the notes. */
export function visitorPages(site: Site): Hono {
  const app = new Hono();
  const hasProvider = site.provider !== undefined;

  const show = (page: Page) => async (c: Context) => {
    const { user } = await authRequest(site, c).validateUser();
    return user ? c.redirect("/notes", 303) : sendPage(c, page);
  };

  app.get("/", show(homePage));
  app.get("/sign-up", show(signUpPage({ hasProvider })));
  app.get("/sign-in", show(signInPage({ hasProvider })));

  return app;
}

import { Router } from "express";
import type { Backend } from "../auth.js";
import { redirect } from "../flash.js";
import { sendPage } from "../page.js";
import { homePage } from "../views/home.js";

/** The front page, for those who are not signed in. */
export function homeRoutes({ auth }: Backend): Router {
  const router = Router();

  router.get("/", async (request, response) => {
    const { user } = await auth.handleRequest(request, response).validateUser();
    if (user) return redirect(response, "/notes");
    sendPage(request, response, homePage);
  });

  return router;
}

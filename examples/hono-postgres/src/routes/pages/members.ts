import { Hono } from "hono";
import { notesOf } from "../../notes.js";
import { sendPage } from "../../page.js";
import { sessionsBeside } from "../../sessions.js";
import { pageForSignedIn, type SignedIn } from "../../signed-in.js";
import type { Site } from "../../site.js";
import { accountPage } from "../../views/account.js";
import { notesPage } from "../../views/notes.js";
import { waysOf } from "../../ways.js";

/** The pages of those who are signed in. */
export function memberPages(site: Site): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const { backend, provider } = site;
  const signedIn = pageForSignedIn(site);

  app.get("/notes", signedIn, async (c) => {
    const { user } = c.var;
    return sendPage(c, notesPage({ user, notes: await notesOf(backend.db, user.userId) }));
  });

  app.get("/account", signedIn, async (c) => {
    const { user, session } = c.var;
    const sessions = await sessionsBeside(backend, session);
    const ways = await waysOf(backend.auth, user.userId);
    return sendPage(c, accountPage({ user, sessions, ways, hasProvider: provider !== undefined }));
  });

  return app;
}

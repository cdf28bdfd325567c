import { Hono } from "hono";
import { sayNext } from "../../flash.js";
import { checkNote, tidyNote } from "../../forms.js";
import { addNote, deleteNote, notesOf } from "../../notes.js";
import { Refusal, refuseFields } from "../../refusal.js";
import { apiForSignedIn, type SignedIn } from "../../signed-in.js";
import type { Site } from "../../site.js";
import { fieldsOf } from "./fields.js";

/** The notes of whoever is signed in. */
export function noteApi(site: Site): Hono<SignedIn> {
  const app = new Hono<SignedIn>();
  const { db } = site.backend;
  const signedIn = apiForSignedIn(site);

  app.get("/notes", signedIn, async (c) => {
    const notes = await notesOf(db, c.var.user.userId);
    return c.json({ notes });
  });

  app.post("/notes", signedIn, async (c) => {
    const { body } = await fieldsOf(c, "body");
    const note = tidyNote(body);
    const error = checkNote(note);
    if (error) throw refuseFields({ body: error });
    await addNote(db, c.var.user.userId, note);
    sayNext(c, site, "note-added");
    return c.body(null, 201);
  });

  app.post("/notes/:id{[0-9]{1,9}}/delete", signedIn, async (c) => {
    const isDeleted = await deleteNote(db, c.var.user.userId, Number(c.req.param("id")));
    sayNext(c, site, isDeleted ? "note-deleted" : "note-gone");
    if (!isDeleted) throw new Refusal(404, "gone", "That note was not there any more.");
    return c.body(null, 204);
  });

  return app;
}

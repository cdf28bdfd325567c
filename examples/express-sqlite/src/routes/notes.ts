import { Router } from "express";
import type { Backend } from "../auth.js";
import { redirect } from "../flash.js";
import { checkNote, readFields, tidyNote } from "../forms.js";
import { addNote, deleteNote, notesOf } from "../notes.js";
import { sendPage } from "../page.js";
import { forSignedIn } from "../signed-in.js";
import { notesPage } from "../views/notes.js";

/** The notes of whoever is signed in. */
export function noteRoutes(backend: Backend): Router {
  const router = Router();
  const { db } = backend;

  router.get(
    "/notes",
    forSignedIn(backend, async ({ request, response, user }) => {
      const notes = await notesOf(db, user.userId);
      sendPage(request, response, notesPage({ user, notes }));
    }),
  );

  router.post(
    "/notes",
    forSignedIn(backend, async ({ request, response, user }) => {
      const { body } = readFields(request.body, "body");
      const note = tidyNote(body);
      const error = checkNote(note);
      if (error) {
        const notes = await notesOf(db, user.userId);
        return sendPage(request, response, notesPage({ user, notes, body, error }), 422);
      }
      await addNote(db, user.userId, note);
      redirect(response, "/notes", "note-added");
    }),
  );

  router.post(
    "/notes/:id/delete",
    forSignedIn(backend, async ({ request, response, user }) => {
      const isDeleted = await deleteNote(db, user.userId, Number(request.params["id"]));
      redirect(response, "/notes", isDeleted ? "note-deleted" : "note-gone");
    }),
  );

  return router;
}

import { fail } from "@sveltejs/kit";
import { db } from "$lib/server/auth.js";
import { redirectTo } from "$lib/server/flash.js";
import { checkNote, isNoteId, readFields, tidyNote } from "$lib/server/forms.js";
import { addNote, deleteNote, notesOf } from "$lib/server/notes.js";
import { requireUser } from "$lib/server/signed-in.js";
import type { Actions, PageServerLoad } from "./$types";

export const load: PageServerLoad = async (event) => {
  const { user } = await requireUser(event);
  return { user, notes: await notesOf(user.userId) };
};

export const actions: Actions = {
  add: async (event) => {
    const { user } = await requireUser(event);
    const { body } = await readFields(event.request, "body");
    const note = tidyNote(body);
    const error = checkNote(note);
    if (error) return fail(422, { body, error });
    await addNote(db, user.userId, note);
    redirectTo("/notes", event.cookies, "note-added");
  },

  delete: async (event) => {
    const { user } = await requireUser(event);
    const { id } = await readFields(event.request, "id");
    const isDeleted = isNoteId(id) && (await deleteNote(user.userId, Number(id)));
    redirectTo("/notes", event.cookies, isDeleted ? "note-deleted" : "note-gone");
  },
};

"use server";

import { db } from "../../auth";
import type { FormAction } from "../../components/form";
import { redirect } from "../../flash";
import { checkNote, readFields, tidyNote } from "../../forms";
import * as notes from "../../notes";
import { visitOfAction } from "../../visit";

export const addNote: FormAction<"body"> = async (_before, form) => {
  const { user } = await visitOfAction();
  const { body } = readFields(form, "body");
  const note = tidyNote(body);
  const error = checkNote(note);
  if (error) return { typed: body, errors: { body: error } };
  await notes.addNote(db, user.userId, note);
  return redirect("/notes", "note-added");
};

export async function deleteNote(id: unknown): Promise<void> {
  const { user } = await visitOfAction();
  const isDeleted = isNoteId(id) && (await notes.deleteNote(db, user.userId, id));
  await redirect("/notes", isDeleted ? "note-deleted" : "note-gone");
}

/** A server action can be called with anything: with a number that the column cannot have, too. */
function isNoteId(id: unknown): id is number {
  return typeof id === "number" && /^[0-9]{1,9}$/.test(String(id));
}

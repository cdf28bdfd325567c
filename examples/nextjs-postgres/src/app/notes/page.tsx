import { db } from "../../auth";
import { Frame } from "../../components/frame";
import { Time } from "../../components/time";
import { type Note, notesOf } from "../../notes";
import { visitOfPage } from "../../visit";
import { deleteNote } from "./actions";
import { NoteForm } from "./form";

/** The notes of whoever is signed in. */
export default async function NotesPage() {
  const { user } = await visitOfPage();
  const notes = await notesOf(db, user.userId);
  return (
    <Frame path="/notes" user={user}>
      <h1>Notes</h1>
      <div className="desk">
        <NoteForm />
        {notes.length === 0 ? (
          <p className="empty">Nothing here yet. Your notes will be.</p>
        ) : (
          <ul className="notes">
            {notes.map((note) => (
              <Listed key={note.id} {...note} />
            ))}
          </ul>
        )}
      </div>
    </Frame>
  );
}

/** A note keeps its tint, whatever is added before it or deleted. */
const TINTS = ["straw", "sage", "rose"];

function Listed({ id, body, created_at, author }: Note) {
  return (
    <li className={TINTS[id % TINTS.length]}>
      <p className="body">{body}</p>
      <div className="foot">
        <span>
          {author}, <Time date={created_at} />
        </span>
        <form action={deleteNote.bind(null, id)}>
          <button
            type="submit"
            className="plain"
            aria-label={`Delete the note “${firstWords(body)}”`}
          >
            Delete
          </button>
        </form>
      </div>
    </li>
  );
}

/** Enough of a note to tell it from the others. */
function firstWords(body: string): string {
  const line = body.split("\n", 1)[0] ?? "";
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}

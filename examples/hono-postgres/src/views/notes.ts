import { html } from "hono/html";
import type { User } from "../auth.js";
import type { Note } from "../notes.js";
import type { Html, Page } from "./layout.js";
import { time } from "./time.js";

interface Notes {
  readonly user: User;
  readonly notes: readonly Note[];
}

export function notesPage({ user, notes }: Notes): Page {
  return {
    title: "Notes",
    user,
    body: html`<h1>Notes</h1>
    <div class="desk">
    <form method="post" action="/api/notes" data-next="/notes" class="card" novalidate>
      <div class="field">
        <label for="body">A new note</label>
        <textarea id="body" name="body" rows="5"></textarea>
      </div>
      <button>Add note</button>
    </form>
    ${notes.length === 0 ? empty : html`<ul class="notes">${notes.map(listed)}</ul>`}
    </div>`,
  };
}

/** A note keeps its tint, whatever is added before it or deleted. */
const TINTS = ["straw", "sage", "rose"];

const empty = html`<p class="empty">Nothing here yet. Your notes will be.</p>`;

function listed({ id, body, created_at, author }: Note): Html {
  return html`
      <li class="${TINTS[id % TINTS.length] ?? ""}">
        <p class="body">${body}</p>
        <div class="foot">
          <span>${author}, ${time(created_at)}</span>
          <form method="post" action="/api/notes/${id}/delete" data-next="/notes">
            <button class="plain" aria-label="Delete the note “${firstWords(body)}”">Delete</button>
          </form>
        </div>
      </li>`;
}

/** Enough of a note to tell it from the others. */
function firstWords(body: string): string {
  const line = body.split("\n", 1)[0] ?? "";
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}

import { look } from "@kysely-lucia/browser";
import { test } from "vitest";
import { eventually, fillIn, press, seeDone, seeError, seeTyped, signUp } from "../person.js";
import type { BrowserOptions, Stage } from "../stage.js";

export function testNotes(stage: Stage, options: BrowserOptions): void {
  const { example } = stage;

  test("notes are added, shown as they were written, and deleted", async () => {
    const page = await stage.openBrowser(options);
    const { name } = await signUp(page, example);
    const notes = page.getByRole("listitem");

    await press(page, "Add note");
    await seeError(page, "A new note", "Write something first.");
    await fillIn(page, { "A new note": "y".repeat(1001) });
    await press(page, "Add note");
    await seeError(page, "A new note", /too long by 1 character:/);
    await seeTyped(page, "A new note", "y".repeat(1001));
    await look(page, example, "07-note-refused", options);

    await fillIn(page, { "A new note": "Water the tomatoes.\nAnd the basil." });
    await press(page, "Add note");
    await seeDone(page, "Note added.");
    await seeTyped(page, "A new note", "");
    const note = notes.filter({ hasText: "tomatoes" });
    await eventually(() => note.textContent(), "the note").toContain(
      "Water the tomatoes.\nAnd the basil.",
    );
    await eventually(() => note.textContent(), "the note").toMatch(
      new RegExp(`${name}, (just now|.+ ago)`),
    );
    // Whatever is written is a text and nothing else.
    await fillIn(page, { "A new note": `</textarea><h2>owned</h2><img src=x onerror=alert(1)>` });
    await press(page, "Add note");
    await notes.getByText("<h2>owned</h2>").waitFor();
    await eventually(() => page.locator("li img, li h2").count(), "elements of notes").toBe(0);
    await look(page, example, "08-notes", options);

    await press(page, "Delete the note “Water the tomatoes.”");
    await seeDone(page, "Note deleted.");
    await eventually(() => note.count(), "the deleted notes").toBe(0);
    for (const left of [1, 0]) {
      await page
        .getByRole("button", { name: /^Delete the note/ })
        .first()
        .click();
      await eventually(() => notes.count(), "the notes").toBe(left);
    }
    await page.getByText("Nothing here yet. Your notes will be.").waitFor();
    await page.reload();
    await page.getByText("Nothing here yet. Your notes will be.").waitFor();
    await look(page, example, "09-notes-none", options);
  });
}

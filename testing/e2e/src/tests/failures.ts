import { look } from "@kysely-lucia/browser";
import { expect, test } from "vitest";
import { fillIn, press, seeDone, seePage, sessionCookie, signUp } from "../person.js";
import type { Stage } from "../stage.js";

export function testFailures(stage: Stage): void {
  const { example, openBrowser } = stage;

  test("without its database the site says so, and knows everybody when that is back", async () => {
    const page = await openBrowser();
    await signUp(page, example);
    const cookie = await sessionCookie(page);
    await stage.database.takeAway();
    try {
      const response = await page.goto("/notes");
      expect(response?.status()).toBe(500);
      await page.getByText("Nobody was signed out by it.").waitFor();
      const text = (await page.textContent("body")) ?? "";
      expect(text).not.toMatch(/ECONN|auth_session|select |node_modules|\n\s+at /);
      await look(page, example, "12-failure");
    } finally {
      await stage.database.bringBack();
    }
    expect(await sessionCookie(page)).toEqual(cookie);
    await page.reload();
    await seePage(page, "/notes", "Notes");
    await page.getByRole("listitem").getByText("Welcome!").waitFor();
    expect(await sessionCookie(page)).toEqual(cookie);
    await fillIn(page, { "A new note": "It is back." });
    await press(page, "Add note");
    await seeDone(page, "Note added.");
  });

  test("a site whose process was killed knows everybody when it is back", async () => {
    const page = await openBrowser();
    await signUp(page, example);
    await stage.site.restart();
    await page.reload();
    await seePage(page, "/notes", "Notes");
    await page.getByRole("listitem").getByText("Welcome!").waitFor();
  });

  test("an address that is not there is answered in words", async () => {
    const page = await openBrowser();
    const response = await page.goto("/nothing-here");
    expect(response?.status()).toBe(404);
    await seePage(page, "/nothing-here", "There is no such page");
    await look(page, example, "13-not-found");
  });
}

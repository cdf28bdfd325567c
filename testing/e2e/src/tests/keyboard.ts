import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { fieldOf, seeDone, seePage, somebody } from "../person.js";
import type { Stage } from "../stage.js";

const ENOUGH = 30;

export function testKeyboard({ example, openBrowser }: Stage): void {
  test("sign-up needs no mouse, and shows where one is", async () => {
    const page = await openBrowser();
    const { name, password } = somebody();
    await page.goto("/");
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    await tabTo(page, "Start writing");
    await page.keyboard.press("Enter");
    await seePage(page, "/sign-up", "Sign up");
    const fields = { Name: name, ...example.signUpFields?.(name), Password: password };
    for (const [label, text] of Object.entries(fields)) {
      // The first field may have the focus already.
      if (label !== "Name" || (await focused(page)) !== label) await tabTo(page, label);
      await page.keyboard.type(text);
      expect(await fieldOf(page, label).inputValue()).toBe(text);
    }
    await page.keyboard.press("Enter");
    await seeDone(page, "Your account is ready. Welcome!");
    await tabTo(page, "A new note");
    await page.keyboard.type("Without a mouse");
    await tabTo(page, "Add note");
    await page.keyboard.press("Space");
    await seeDone(page, "Note added.");
  });
}

/** Presses Tab until something of this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  while (passed.length < ENOUGH) {
    await page.keyboard.press("Tab");
    const here = await focused(page);
    if (here === name) return;
    passed.push(here);
  }
  throw new Error(`Tab never came to "${name}", but to: ${passed.join(", ")}.`);
}

const FOCUSED = `(() => {
  const element = document.activeElement;
  if (element === document.body) return { name: "the page", isVisible: true };
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const name = element.getAttribute("aria-label") ?? (element.labels?.[0] ?? element).textContent;
  return { name: name.trim(), isVisible: outlineStyle !== "none" && parseFloat(outlineWidth) > 0 };
})()`;

/** The name of what has the focus. */
async function focused(page: Page): Promise<string> {
  const { name, isVisible } = await page.evaluate<{ name: string; isVisible: boolean }>(FOCUSED);
  expect(isVisible, `that "${name}" has the focus is to be seen`).toBe(true);
  return name;
}

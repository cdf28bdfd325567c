import type { Locator, Page } from "playwright-core";

/** Presses a button and returns the status of the answer to the form. */
export async function submit(page: Page, button: string | Locator): Promise<number> {
  const locator = typeof button === "string" ? page.getByRole("button", { name: button }) : button;
  const [response] = await Promise.all([
    page.waitForResponse((answer) => answer.request().method() === "POST"),
    page.waitForEvent("load"),
    locator.click(),
  ]);
  return response.status();
}

/** Fills in the fields with these labels. */
export async function fillIn(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [label, text] of Object.entries(fields)) await page.getByLabel(label).fill(text);
}

/** The error that a field refers to, as those hear it who do not see the page. */
export async function errorOf(page: Page, label: string): Promise<string> {
  const described = (await page.getByLabel(label).getAttribute("aria-describedby")) ?? "";
  const error = described.split(" ").find((id) => id.endsWith("-error"));
  return (error && (await page.locator(`#${error}`).textContent())) || "";
}

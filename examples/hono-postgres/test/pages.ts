import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { PASSWORD } from "./visitor.js";

/** A machine that is busy takes its time to hash a password. */
const PATIENCE = { timeout: 30_000 };

/** Fills in the fields with these labels. */
export async function fillIn(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [label, text] of Object.entries(fields)) await page.getByLabel(label).fill(text);
}

export async function press(page: Page, button: string): Promise<void> {
  await page.getByRole("button", { name: button, exact: true }).click();
}

/** Waits until an element says just this. */
export async function expectText(locator: Locator, text: string): Promise<void> {
  await expect.poll(() => locator.allTextContents(), PATIENCE).toEqual([text]);
}

/** Waits for a page with this heading. */
export async function expectHeading(page: Page, text: string): Promise<void> {
  await expectText(page.getByRole("heading", { level: 1 }), text);
}

export async function expectStatus(page: Page, text: string): Promise<void> {
  await expectText(page.getByRole("status"), text);
}

/** The error that a field refers to, once there is one, as those hear it who do not see the page. */
export async function errorOf(page: Page, label: string): Promise<string> {
  const field = page.getByLabel(label);
  await field.and(page.locator("[aria-invalid]")).waitFor();
  const described = (await field.getAttribute("aria-describedby")) ?? "";
  const error = described.split(" ").find((id) => id.endsWith("-error"));
  return (await page.locator(`#${error}`).textContent()) ?? "";
}

export async function signUp(page: Page, name: string): Promise<void> {
  await page.goto("/sign-up");
  await fillIn(page, { Name: name, Password: PASSWORD });
  await press(page, "Sign up");
  await expectStatus(page, "Your account is ready. Welcome!");
}

export async function signOut(page: Page): Promise<void> {
  await press(page, "Sign out");
  await expectStatus(page, "You are signed out.");
}

/** Goes to Pocket ID by pressing a button. */
export async function goToPocketId(page: Page, button: string): Promise<void> {
  await press(page, button);
  await expectHeading(page, "Pocket ID");
}

/** Goes to Pocket ID, and on from there as somebody. */
export async function comeFromPocketId(page: Page, button: string, name: string): Promise<void> {
  await goToPocketId(page, button);
  await press(page, `I am ${name}`);
}

/** The ways to sign in that the page lists. */
export async function expectWays(page: Page, ...ways: string[]): Promise<void> {
  const listed = page.getByRole("region", { name: "Ways to sign in" }).getByRole("listitem");
  await expect
    .poll(() => listed.locator("p:first-child").allTextContents(), PATIENCE)
    .toEqual(ways);
}

/** Goes on from Pocket ID as somebody, up to the address of the site that it leads to: that is not opened. */
export async function catchCallback(page: Page, name: string): Promise<URL> {
  const { request } = page.context();
  const form = page.locator("form").filter({ hasText: `I am ${name}` });
  let address = new URL((await form.getAttribute("action")) ?? "", page.url());
  for (let method = "POST"; address.pathname !== "/pocket-id/callback"; method = "GET") {
    const answer = await request.fetch(address.href, { method, maxRedirects: 0 });
    address = new URL(answer.headers()["location"] ?? "", address);
  }
  return address;
}

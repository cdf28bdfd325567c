import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

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

/** Signs in, and expects this answer. */
export async function signIn(
  page: Page,
  name: string,
  password: string,
  status: number,
): Promise<void> {
  await page.goto("/sign-in");
  await fillIn(page, { Name: name, Password: password });
  expect(await submit(page, "Sign in")).toBe(status);
}

/** Expects the page to list so many sessions, one of them as this one. */
export async function expectSessions(page: Page, count: number): Promise<void> {
  const sessions = await page.getByRole("listitem").allTextContents();
  expect(sessions).toHaveLength(count);
  expect(sessions.filter((session) => session.includes("this one"))).toHaveLength(1);
  for (const session of sessions)
    expect(session).toMatch(/Began (just now|.+ ago)[\s\S]*Ends in 15 days/);
}

/** Reloads the page of somebody whose session was ended elsewhere. */
export async function expectSignedOut(page: Page): Promise<void> {
  await page.goto("/notes");
  expect(new URL(page.url()).pathname).toBe("/sign-in");
}

/** Expects an element to say just this. */
export async function expectText(locator: Locator, text: string): Promise<void> {
  expect(await locator.textContent()).toBe(text);
}

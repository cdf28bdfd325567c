import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { Example } from "./examples.js";
import { PATIENCE_MS } from "./stage.js";

/** Somebody who uses the site. */
export interface Person {
  readonly name: string;
  readonly password: string;
}

let people = 0;

/** Somebody whom the site does not know yet. */
export function somebody(): Person {
  people += 1;
  return { name: `Ada-${people}`, password: "correct horse" };
}

/** Fills in the fields with these labels. */
export async function fillIn(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, text] of Object.entries(fields)) await fieldOf(page, label).fill(text);
}

export function fieldOf(page: Page, label: string): Locator {
  return page.getByLabel(label, { exact: true });
}

export async function press(page: Page, button: string): Promise<void> {
  await page.getByRole("button", { name: button, exact: true }).click();
}

/** Waits until the page says that something was done. */
export async function seeDone(page: Page, sentence: string): Promise<void> {
  await page.getByRole("status").getByText(sentence, { exact: true }).waitFor();
}

/** Waits until the page with this heading is there, at this address. */
export async function seePage(page: Page, address: string, heading: string): Promise<void> {
  await page.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor();
  await eventually(() => new URL(page.url()).pathname, "the address").toBe(address);
}

/** Waits until a field refers to this error, as those hear it who do not see the page. */
export async function seeError(page: Page, label: string, error: string | RegExp): Promise<void> {
  const expected = typeof error === "string" ? error : expect.stringMatching(error);
  await eventually(() => errorOf(page, label), `the error of "${label}"`).toEqual(expected);
}

/** What a field is said to be filled in wrongly with, if anything. */
export async function errorOf(page: Page, label: string): Promise<string> {
  const described = (await fieldOf(page, label).getAttribute("aria-describedby")) ?? "";
  const error = described.split(" ").find((id) => id.endsWith("-error"));
  return error === undefined ? "" : (await page.locator(`#${error}`).allTextContents()).join();
}

/** Waits until a field holds this text. */
export async function seeTyped(page: Page, label: string, text: string): Promise<void> {
  await eventually(() => fieldOf(page, label).inputValue(), `the field "${label}"`).toBe(text);
}

/** Expects something to become true, as it does while a page is on its way. */
export function eventually<Value>(look: () => Value, what: string) {
  return expect.poll(look, { message: what, timeout: PATIENCE_MS });
}

/** Signs up, and waits for the notes. */
export async function signUp(page: Page, example: Example, person = somebody()): Promise<Person> {
  await page.goto("/sign-up");
  await fillInSignUp(page, example, person);
  await press(page, "Sign up");
  await seeDone(page, "Your account is ready. Welcome!");
  return person;
}

export async function fillInSignUp(
  page: Page,
  { signUpFields }: Example,
  { name, password }: Person,
): Promise<void> {
  await fillIn(page, { Name: name, ...signUpFields?.(name), Password: password });
}

/** Signs in, and waits for the notes. */
export async function signIn(page: Page, person: Person): Promise<void> {
  await trySignIn(page, person);
  await seePage(page, "/notes", "Notes");
}

export async function trySignIn(page: Page, { name, password }: Person): Promise<void> {
  await page.goto("/sign-in");
  await fillIn(page, { Name: name, Password: password });
  await press(page, "Sign in");
}

/** Opens a page of one's own, and finds that one has to sign in. */
export async function seeSignedOut(page: Page): Promise<void> {
  await page.goto("/notes");
  await seePage(page, "/sign-in", "Sign in");
}

/** The session cookie that the browser keeps for the address of the page. */
export async function sessionCookie(page: Page) {
  const cookies = await page.context().cookies(page.url());
  return cookies.find(({ name }) => name === "auth_session");
}

import { launchBrowser } from "@kysely-lucia/browser";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase, type Database, type Site, startSite } from "./site.js";

let database: Database;
let site: Site;
let browser: Browser;

beforeAll(async () => {
  database = await createDatabase();
  [site, browser] = await Promise.all([startSite(database), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await database?.remove();
});

/** Somebody who has just signed up, with JavaScript switched on. */
async function signUp(name: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: site.url });
  const page = await context.newPage();
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill("correct horse");
  await page.getByRole("button", { name: "Sign up" }).click();
  await page.getByText("Your account is ready. Welcome!").waitFor();
  return page;
}

/** Goes from page to page as the links do it, so that the router of the browser remembers them. */
async function lookAround(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Account" }).click();
  await page.getByRole("heading", { name: "Account", exact: true }).waitFor();
  await page.getByRole("link", { name: "Notes", exact: true }).click();
  await page.getByText("This note was written together").waitFor();
}

/** What the person sees must be the page for signing in, all the way back. */
async function expectNothingPrivateBehind(page: Page): Promise<void> {
  for (let step = 0; step < 3; step++) {
    await page.goBack();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(await page.locator("body").textContent()).not.toContain(
      "This note was written together",
    );
  }
}

test("after signing out, the way back shows nothing private", async () => {
  const page = await signUp("leaver");
  await lookAround(page);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByText("You are signed out.").waitFor();
  await expectNothingPrivateBehind(page);
  await page.context().close();
});

test("after ending the session that one is using, too", async () => {
  const page = await signUp("ender");
  await lookAround(page);
  await page.getByRole("link", { name: "Account" }).click();
  await page.getByRole("button", { name: "this one" }).click();
  await page.getByText("You are signed out.").waitFor();
  await expectNothingPrivateBehind(page);
  await page.context().close();
});

test("once a session was ended elsewhere, a link leads to signing in", async () => {
  const page = await signUp("elsewhere");
  await lookAround(page);
  await database.client.query("delete from auth_session");
  await page.getByRole("link", { name: "Account" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.context().close();
});

test("what was done is said once", async () => {
  const page = await signUp("once");
  await lookAround(page);
  expect(await page.getByRole("status").count()).toBe(0);
  await page.getByLabel("A new note").fill("Water the tomatoes.");
  await page.getByRole("button", { name: "Add note" }).click();
  await page.getByText("Note added.").waitFor();
  expect(await page.getByLabel("A new note").inputValue()).toBe("");
  await page.reload();
  expect(await page.getByText("Water the tomatoes.").count()).toBe(1);
  expect(await page.getByRole("status").count()).toBe(0);
  await page.context().close();
});

test("a form that fails says so in words, and signs nobody out", async () => {
  const page = await signUp("unlucky");
  const session = async () =>
    (await page.context().cookies()).find(({ name }) => name === "auth_session")?.value;
  const before = await session();
  await database.client.query("alter table note rename to away");
  await page.getByLabel("A new note").fill("Where to?");
  await page.getByRole("button", { name: "Add note" }).click();
  await page.getByText("Nobody was signed out by it.").waitFor();
  await database.client.query("alter table away rename to note");
  await page.reload();
  await page.getByText("This note was written together").waitFor();
  expect(await session()).toBe(before);
  await page.context().close();
});

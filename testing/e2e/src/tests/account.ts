import { look } from "@kysely-lucia/browser";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import {
  errorOf,
  eventually,
  fillIn,
  press,
  seeDone,
  seeError,
  seePage,
  seeSignedOut,
  sessionCookie,
  signIn,
  signUp,
  trySignIn,
} from "../person.js";
import { countRows } from "../rows.js";
import type { BrowserOptions, Stage } from "../stage.js";

const NEW_PASSWORD = "battery staple";
const WRONG = "This name and this password do not belong together.";
const CONFIRM = "Your password, to be sure";

/** In two browsers of one person. */
export function testAccount(stage: Stage, options: BrowserOptions): void {
  const { example, openBrowser } = stage;

  test("a session is ended from elsewhere", async () => {
    const page = await openBrowser(options);
    const other = await openBrowser(options);
    const person = await signUp(page, example);
    await signIn(other, person);
    await page.goto("/account");
    await page.getByText(`You are signed in as ${person.name}.`).waitFor();
    await seeSessions(page, 2);
    await look(page, example, "10-account", options);
    await otherSession(page).getByRole("button").click();
    await seeDone(page, "That session has ended. Whoever used it is signed out.");
    await seeSessions(page, 1);
    await seeSignedOut(other);
  });

  test("a new password ends all other sessions", async () => {
    const page = await openBrowser(options);
    const other = await openBrowser(options);
    const person = await signUp(page, example);
    await signIn(other, person);
    await page.goto("/account");
    await fillIn(page, { "Current password": "wrong password", "New password": "short" });
    await press(page, "Change password");
    await seeError(page, "Current password", "This password is wrong.");
    await seeError(page, "New password", /too short/);
    await look(page, example, "11-password-refused", options);
    await fillIn(page, { "Current password": person.password, "New password": NEW_PASSWORD });
    await press(page, "Change password");
    await seeDone(page, "Your password is changed, and all other sessions have ended.");
    await seeSessions(page, 1);
    await seeSignedOut(other);
    await trySignIn(other, person);
    await seeError(other, "Password", WRONG);
    await signIn(other, { ...person, password: NEW_PASSWORD });
    await page.goto("/notes");
    await seePage(page, "/notes", "Notes");
  });

  test("an account is deleted with all that belongs to it", async () => {
    const before = await countRows(stage.database);
    const page = await openBrowser(options);
    const other = await openBrowser(options);
    const person = await signUp(page, example);
    await signIn(other, person);
    const { users, sessions } = await countRows(stage.database);
    expect([users, sessions]).toEqual([before.users + 1, before.sessions + 2]);
    await page.goto("/account");
    await fillIn(page, { [CONFIRM]: "wrong password" });
    await press(page, "Delete account");
    await seeError(page, CONFIRM, "This password is wrong.");
    expect(await errorOf(page, "Current password")).toBe("");
    await fillIn(page, { [CONFIRM]: person.password });
    await press(page, "Delete account");
    await seeDone(page, "Your account and all your notes are deleted.");
    expect(await sessionCookie(page)).toBeUndefined();
    await seeSignedOut(other);
    await trySignIn(page, person);
    await seeError(page, "Password", WRONG);
    expect(await countRows(stage.database)).toEqual(before);
  });
}

const otherSession = (page: Page) => page.getByRole("listitem").filter({ hasNotText: "this one" });

/** Waits until the page lists so many sessions, one of them as this one. */
async function seeSessions(page: Page, count: number): Promise<void> {
  const sessions = page.getByRole("listitem");
  await eventually(() => sessions.count(), "the sessions").toBe(count);
  expect(await sessions.filter({ hasText: "this one" }).count()).toBe(1);
  for (const session of await sessions.allTextContents()) {
    expect(session).toMatch(/Began (just now|.+ ago)[\s\S]*Ends in 15 days/);
  }
}

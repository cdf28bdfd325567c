import { launchBrowser } from "@kysely-lucia/browser";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  errorOf,
  expectSessions,
  expectSignedOut,
  expectText,
  fillIn,
  signIn,
  submit,
} from "./pages.js";
import { takeScreenshots } from "./screenshots.js";
import { countRows, type Site, startSite, temporaryDatabase } from "./site.js";

const PASSWORD = "correct horse";
const NEW_PASSWORD = "battery staple";

const { database, remove } = temporaryDatabase();
let site: Site;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([startSite(database), launchBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await site?.stop();
  remove();
});

describe.each([
  { javaScript: "on", name: "Ada" },
  { javaScript: "off", name: "Grace" },
])("with JavaScript $javaScript", ({ javaScript, name }) => {
  const openPage = async () => {
    const context = await browser.newContext({
      baseURL: site.url,
      javaScriptEnabled: javaScript === "on",
    });
    return context.newPage();
  };
  // The pages look the same with JavaScript.
  const shoot = async (page: Page, screen: string) => {
    if (javaScript === "off") await takeScreenshots(page, screen);
  };

  test("JavaScript is switched as it should be", async () => {
    const page = await openPage();
    await page.goto("data:text/html,<title>off</title><script>document.title = 'on'</script>");
    expect(await page.title()).toBe(javaScript);
    await page.context().close();
  });

  test("from sign-up to the deletion of the account", async () => {
    const before = countRows(database);
    const page = await openPage();

    await page.goto("/");
    await shoot(page, "01-home");
    await page.getByRole("link", { name: "Start writing" }).click();
    await shoot(page, "02-sign-up");

    expect(await submit(page, "Sign up")).toBe(422);
    expect(await errorOf(page, "Name")).toBe("Choose a name.");
    expect(await errorOf(page, "Password")).toBe("Choose a password.");
    await fillIn(page, { Name: "not a name!", Password: "short" });
    expect(await submit(page, "Sign up")).toBe(422);
    expect(await errorOf(page, "Name")).toMatch(/^Only letters/);
    expect(await errorOf(page, "Password")).toMatch(/too short/);
    expect(await page.getByLabel("Name").inputValue()).toBe("not a name!");
    expect(await page.getByLabel("Password").inputValue()).toBe("");
    await shoot(page, "03-sign-up-refused");
    await fillIn(page, { Name: "x".repeat(25), Password: PASSWORD });
    expect(await submit(page, "Sign up")).toBe(422);
    expect(await errorOf(page, "Name")).toMatch(/too long/);
    expect(await errorOf(page, "Password")).toBe("");

    await fillIn(page, { Name: name, Password: PASSWORD });
    expect(await submit(page, "Sign up")).toBe(303);
    await expectText(page.getByRole("status"), "Your account is ready. Welcome!");
    expect(await page.getByRole("listitem").allTextContents()).toEqual([
      expect.stringContaining("This note was written together with your account"),
    ]);
    await shoot(page, "04-notes-welcome");

    expect(await submit(page, "Add note")).toBe(422);
    expect(await errorOf(page, "A new note")).toBe("Write something first.");
    await fillIn(page, { "A new note": "y".repeat(1001) });
    expect(await submit(page, "Add note")).toBe(422);
    expect(await errorOf(page, "A new note")).toMatch(/too long by 1 character:/);
    expect(await page.getByLabel("A new note").inputValue()).toBe("y".repeat(1001));
    await shoot(page, "05-note-refused");
    await fillIn(page, { "A new note": "Water the tomatoes.\nAnd the basil." });
    expect(await submit(page, "Add note")).toBe(303);
    const note = page.getByRole("listitem").filter({ hasText: "tomatoes" });
    expect(await note.textContent()).toContain("Water the tomatoes.\nAnd the basil.");
    expect(await note.textContent()).toMatch(new RegExp(`${name}, (just now|.+ ago)`));
    await shoot(page, "06-notes");
    expect(await submit(page, "Delete the note “Water the tomatoes.”")).toBe(303);
    await expectText(page.getByRole("status"), "Note deleted.");
    expect(await page.getByRole("listitem").count()).toBe(1);

    expect(await submit(page, "Sign out")).toBe(303);
    await expectText(page.getByRole("status"), "You are signed out.");
    await page.goto("/notes");
    expect(new URL(page.url()).pathname).toBe("/sign-in");

    await page.goto("/sign-up");
    for (const taken of [name, name.toUpperCase()]) {
      await fillIn(page, { Name: taken, Password: PASSWORD });
      expect(await submit(page, "Sign up")).toBe(409);
      expect(await errorOf(page, "Name")).toBe(`The name ${taken} is taken. Choose another one.`);
      expect(await page.getByLabel("Name").inputValue()).toBe(taken);
      expect(await page.getByLabel("Password").inputValue()).toBe("");
    }
    await shoot(page, "07-name-taken");

    await page.getByRole("navigation").getByRole("link", { name: "Sign in" }).click();
    const refusals: string[] = [];
    for (const [typed, password] of [
      [name, "wrong password"],
      ["nobody", PASSWORD],
    ] as const) {
      await fillIn(page, { Name: typed, Password: password });
      expect(await submit(page, "Sign in")).toBe(401);
      refusals.push(await errorOf(page, "Password"));
      expect(await page.getByLabel("Name").inputValue()).toBe(typed);
      expect(await page.getByLabel("Password").inputValue()).toBe("");
    }
    expect(refusals[0]).toBe("This name and this password do not belong together.");
    expect(refusals[1]).toBe(refusals[0]);
    await shoot(page, "08-sign-in-refused");
    await signIn(page, name.toLowerCase(), PASSWORD, 303);

    const other = await openPage();
    await signIn(other, name, PASSWORD, 303);
    await page.goto("/account");
    await expectSessions(page, 2);
    await shoot(page, "09-account");
    const otherSession = page.getByRole("listitem").filter({ hasNotText: "this one" });
    expect(await submit(page, otherSession.getByRole("button"))).toBe(303);
    await expectText(
      page.getByRole("status"),
      "That session has ended. Whoever used it is signed out.",
    );
    await expectSessions(page, 1);
    await expectSignedOut(other);

    await signIn(other, name, PASSWORD, 303);
    await page.goto("/account");
    await fillIn(page, { "Current password": "wrong password", "New password": "short" });
    expect(await submit(page, "Change password")).toBe(422);
    expect(await errorOf(page, "Current password")).toBe("This password is wrong.");
    expect(await errorOf(page, "New password")).toMatch(/too short/);
    await shoot(page, "10-password-refused");
    await fillIn(page, { "Current password": PASSWORD, "New password": NEW_PASSWORD });
    expect(await submit(page, "Change password")).toBe(303);
    await expectText(
      page.getByRole("status"),
      "Your password is changed, and all other sessions have ended.",
    );
    await expectSessions(page, 1);
    await expectSignedOut(other);
    await signIn(other, name, PASSWORD, 401);
    await signIn(other, name, NEW_PASSWORD, 303);

    await fillIn(page, { "Your password, to be sure": PASSWORD });
    expect(await submit(page, "Delete account")).toBe(422);
    expect(await errorOf(page, "Your password, to be sure")).toBe("This password is wrong.");
    await fillIn(page, { "Your password, to be sure": NEW_PASSWORD });
    expect(await submit(page, "Delete account")).toBe(303);
    await expectText(page.getByRole("status"), "Your account and all your notes are deleted.");
    await shoot(page, "11-home-deleted");
    await expectSignedOut(other);
    await signIn(page, name, NEW_PASSWORD, 401);
    expect(countRows(database)).toEqual(before);

    await page.goto("/nothing-here");
    await shoot(page, "12-not-found");
    await Promise.all([page.context().close(), other.context().close()]);
  });
});

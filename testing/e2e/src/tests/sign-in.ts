import { look } from "@kysely-lucia/browser";
import { expect, test } from "vitest";
import {
  press,
  seeDone,
  seeError,
  seePage,
  seeSignedOut,
  seeTyped,
  sessionCookie,
  signIn,
  signUp,
  somebody,
  trySignIn,
} from "../person.js";
import type { BrowserOptions, Stage } from "../stage.js";

const PRIVATE_PAGES = ["/notes", "/account"];

export function testSignIn(stage: Stage, options: BrowserOptions): void {
  const { example } = stage;

  test("pages of one's own ask everybody else to sign in", async () => {
    const page = await stage.openBrowser(options);
    for (const address of PRIVATE_PAGES) {
      await page.goto(address);
      await seePage(page, "/sign-in", "Sign in");
    }
    await look(page, example, "05-sign-in", options);
  });

  test("a wrong password and an unknown name are answered alike", async () => {
    const person = await signUp(await stage.openBrowser(options), example);
    const page = await stage.openBrowser(options);
    await page.goto("/sign-in");
    await press(page, "Sign in");
    await seeError(page, "Name", "Type your name.");
    await seeError(page, "Password", "Type your password.");
    for (const wrong of [{ ...person, password: "wrong password" }, somebody()]) {
      await trySignIn(page, wrong);
      await seeError(page, "Password", "This name and this password do not belong together.");
      await seeError(page, "Name", "");
      await seeTyped(page, "Name", wrong.name);
      await seeTyped(page, "Password", "");
    }
    await look(page, example, "06-sign-in-refused", options);
    await signIn(page, { ...person, name: person.name.toLowerCase() });
  });

  test("after signing out, nothing private is to be seen, not even by going back", async () => {
    const page = await stage.openBrowser(options);
    await signUp(page, example);
    for (const address of PRIVATE_PAGES) {
      const response = await page.goto(address);
      expect(response?.headers()["cache-control"]).toContain("no-store");
    }
    await press(page, "Sign out");
    await seeDone(page, "You are signed out.");
    expect(await sessionCookie(page)).toBeUndefined();
    await page.goBack();
    await seePage(page, "/sign-in", "Sign in");
    await seeSignedOut(page);
  });
}

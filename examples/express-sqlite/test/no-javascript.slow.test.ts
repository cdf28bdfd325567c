import { launchBrowser } from "@kysely-lucia/browser";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { errorOf, fillIn, submit } from "./pages.js";
import { type Site, startSite, temporaryDatabase } from "./site.js";

const PASSWORD = "correct horse";

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

test("all forms work where JavaScript is switched off, and answer with fitting codes", async () => {
  const context = await browser.newContext({ baseURL: site.url, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("data:text/html,<title>off</title><script>document.title = 'on'</script>");
  expect(await page.title()).toBe("off");
  const submitted = async (fields: Record<string, string>, button: string) => {
    await fillIn(page, fields);
    return submit(page, button);
  };

  await page.goto("/sign-up");
  expect(await submitted({ Name: "Ada", Password: "short" }, "Sign up")).toBe(422);
  expect(await errorOf(page, "Password")).toMatch(/too short/);
  expect(await submitted({ Password: PASSWORD }, "Sign up")).toBe(303);
  expect(await submitted({}, "Add note")).toBe(422);
  expect(await submitted({ "A new note": "Water the tomatoes." }, "Add note")).toBe(303);
  expect(await submit(page, "Delete the note “Water the tomatoes.”")).toBe(303);
  expect(await submit(page, "Sign out")).toBe(303);

  await page.goto("/sign-up");
  expect(await submitted({ Name: "ADA", Password: PASSWORD }, "Sign up")).toBe(409);
  await page.goto("/sign-in");
  expect(await submitted({ Name: "Ada", Password: "wrong password" }, "Sign in")).toBe(401);
  expect(await submitted({ Password: PASSWORD }, "Sign in")).toBe(303);

  await page.goto("/account");
  const chosen = { "Current password": PASSWORD, "New password": "battery staple" };
  expect(await submitted(chosen, "Change password")).toBe(303);
  const confirm = "Your password, to be sure";
  expect(await submitted({ [confirm]: PASSWORD }, "Delete account")).toBe(422);
  expect(await submitted({ [confirm]: "battery staple" }, "Delete account")).toBe(303);
  expect(new URL(page.url()).pathname).toBe("/");
});

import { launchBrowser } from "@kysely-lucia/browser";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fillIn, submit } from "./pages.js";
import { type Site, startSite, temporaryDatabase } from "./site.js";

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

test("a note that looks like HTML is shown as text", async () => {
  const attempts = [
    `<script>document.title = "owned"</script>`,
    `<img src=x onerror="document.title='owned'">`,
    `</textarea></li><h2>owned</h2>`,
    `" autofocus onfocus="document.title='owned'" x="`,
  ];
  const page = await browser.newPage({ baseURL: site.url });
  const problems: string[] = [];
  page.on("console", (message) => problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto("/sign-up");
  await fillIn(page, { Name: "mallory", Password: "correct horse" });
  await submit(page, "Sign up");
  for (const attempt of attempts) {
    await fillIn(page, { "A new note": attempt });
    expect(await submit(page, "Add note")).toBe(303);
    expect(await page.getByRole("listitem").first().textContent()).toContain(attempt);
  }
  await fillIn(page, { "A new note": `</textarea><h2>owned</h2>${"y".repeat(1000)}` });
  expect(await submit(page, "Add note")).toBe(422);

  expect(await page.title()).not.toContain("owned");
  expect(await page.getByRole("heading", { name: "owned" }).count()).toBe(0);
  expect(await page.locator("script, [onerror], [onfocus], li img").count()).toBe(0);
  expect(problems.filter((text) => !text.includes("422"))).toEqual([]);
  await page.close();
});

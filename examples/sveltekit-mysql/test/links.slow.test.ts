import { launchBrowser, look } from "@kysely-lucia/browser";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { expire, sentLink } from "./mails.js";
import { type Site, startDatabase, startSite, type TestDatabase } from "./site.js";
import { emailOf, PASSWORD } from "./visitor.js";

const HERE = { name: "sveltekit-mysql" };
const NEW_PASSWORD = "battery staple";
const USED = "It has been used already, or a part of it is missing. Each link works once.";
const EXPIRED = "It has expired: it was sent too long ago.";

let database: TestDatabase;
let site: Site;
let browser: Browser;

beforeAll(async () => {
  [database, browser] = await Promise.all([startDatabase(), launchBrowser()]);
  site = await startSite(database.url);
});

afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await database?.drop();
});

/** Pages that are sent and shown like those before them are walked through by `pnpm test:e2e`. */
const MODES = process.env["KYSELY_LUCIA_NIGHTLY"] ? (["on", "off"] as const) : (["on"] as const);

describe.each(MODES)("with JavaScript %s", (javaScript) => {
  /** What the browser has complained about, but for answers that are refusals. */
  const problems: string[] = [];
  const hear = (problem: string) => {
    if (!problem.startsWith("Failed to load resource")) problems.push(problem);
  };

  const openPage = async () => {
    const context = await browser.newContext({
      baseURL: site.url,
      javaScriptEnabled: javaScript === "on",
    });
    const page = await context.newPage();
    page.on("pageerror", ({ message }) => hear(message));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) hear(message.text());
    });
    return page;
  };

  // Such as scripts and styles that the content security policy has blocked.
  afterEach(() => expect(problems.splice(0)).toEqual([]));

  test("an e-mail is verified by a link that works once", async () => {
    const name = `verifier-${javaScript}`;
    const page = await openPage();
    await signUp(page, name);
    await page.goto("/account");
    await page.getByText(`${emailOf(name)} not verified yet`).waitFor();

    await page.getByRole("link", { name: "Mails that were not sent" }).click();
    await page.getByRole("heading", { level: 1 }).waitFor();
    await look(page, HERE, "20-mails", { javaScript });
    const mail = page.getByRole("listitem").filter({ hasText: emailOf(name) });
    const link = await mail.getByRole("link").getAttribute("href");
    // Looked at ahead, as programs that read mails do.
    await page.goto(String(link));
    await look(page, HERE, "21-verify-email", { javaScript });
    await page.goto("/mails");
    await mail.getByRole("link").click();
    await press(page, "Verify my e-mail");
    await seeDone(page, "Your e-mail is verified. Thank you!");
    expect(new URL(page.url()).pathname).toBe("/account");
    await page.getByText(`${emailOf(name)} verified`).waitFor();
    await look(page, HERE, "22-verified", { javaScript });
    expect(await page.getByRole("button", { name: "Send the mail again" }).count()).toBe(0);

    expect((await page.goto(String(link)))?.status()).toBe(410);
    await seeRefused(page, USED);
    await look(page, HERE, "23-link-used", { javaScript });
    await page.context().close();
  });

  test("a link for an e-mail that has expired says so, and another one can be asked for", async () => {
    const name = `late-verifier-${javaScript}`;
    const page = await openPage();
    await signUp(page, name);
    const link = await sentLink(database, "verify-email", name);
    await page.goto(link);
    await expire(database, "verify-email");
    await press(page, "Verify my e-mail");
    await seeRefused(page, EXPIRED);
    expect((await page.goto(link))?.status()).toBe(410);
    await seeRefused(page, EXPIRED);

    await page.goto("/account");
    await press(page, "Send the mail again");
    await seeDone(page, "A mail with a new link is on its way to you.");
    await page.goto(await sentLink(database, "verify-email", name, 2));
    await press(page, "Verify my e-mail");
    await seeDone(page, "Your e-mail is verified. Thank you!");
    await page.context().close();
  });

  test("a forgotten password is replaced by a link that works once, which ends all sessions", async () => {
    const name = `forgetful-${javaScript}`;
    const elsewhere = await openPage();
    await signUp(elsewhere, name);
    const page = await openPage();
    await page.goto("/sign-in");
    await page.getByRole("link", { name: "Choose a new one" }).click();
    await press(page, "Send the link");
    await seeError(page, "E-mail", "Type your e-mail.");
    await page.getByLabel("E-mail").fill("forgetful");
    await press(page, "Send the link");
    await seeError(page, "E-mail", "This is no e-mail. Expected is one such as ada@example.com.");
    await look(page, HERE, "24-forgotten-password-refused", { javaScript });
    await page.getByLabel("E-mail").fill(emailOf(name).toUpperCase());
    await press(page, "Send the link");
    await page.getByRole("status").getByText("If there is an account").waitFor();
    await look(page, HERE, "25-forgotten-password", { javaScript });

    const link = await sentLink(database, "reset-password", name);
    await page.goto(link);
    await page.getByText(`It is for ${name}.`).waitFor();
    const other = await openPage();
    await other.goto(link);
    await page.getByLabel("New password").fill("short");
    await press(page, "Change password");
    await seeError(page, "New password", "This password is too short: 8 characters at least.");
    await look(page, HERE, "26-reset-password-refused", { javaScript });
    await page.getByLabel("New password").fill(NEW_PASSWORD);
    await press(page, "Change password");
    await seeDone(
      page,
      "Your password is changed, and all sessions have ended. Sign in with the new password.",
    );

    await elsewhere.goto("/notes");
    expect(new URL(elsewhere.url()).pathname).toBe("/sign-in");
    await signIn(page, name, PASSWORD);
    await seeError(page, "Password", "This name and this password do not belong together.");
    await signIn(page, name, NEW_PASSWORD);
    await page.getByRole("heading", { name: "Notes" }).waitFor();

    await other.getByLabel("New password").fill("of somebody else");
    await press(other, "Change password");
    await seeRefused(other, USED);
    expect((await other.goto(link))?.status()).toBe(410);
    await seeRefused(other, USED);
    await Promise.all([page, other, elsewhere].map((one) => one.context().close()));
  });

  test("a link for a new password that has expired says so, and changes nothing", async () => {
    const name = `late-${javaScript}`;
    const page = await openPage();
    await signUp(page, name);
    const other = await openPage();
    await other.goto("/reset-password");
    await other.getByLabel("E-mail").fill(emailOf(name));
    await press(other, "Send the link");
    const link = await sentLink(database, "reset-password", name);
    await other.goto(link);
    await expire(database, "reset-password");
    await other.getByLabel("New password").fill(NEW_PASSWORD);
    await press(other, "Change password");
    await seeRefused(other, EXPIRED);
    expect((await other.goto(link))?.status()).toBe(410);
    await seeRefused(other, EXPIRED);
    await page.goto("/notes");
    expect(new URL(page.url()).pathname).toBe("/notes");
    await signIn(other, name, PASSWORD);
    await other.getByRole("heading", { name: "Notes" }).waitFor();
    await Promise.all([page, other].map((one) => one.context().close()));
  });
});

async function signUp(page: Page, name: string): Promise<void> {
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail").fill(emailOf(name));
  await page.getByLabel("Password").fill(PASSWORD);
  await press(page, "Sign up");
  await seeDone(page, "Your account is ready. Welcome!");
}

async function signIn(page: Page, name: string, password: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(password);
  await press(page, "Sign in");
}

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

const seeDone = (page: Page, sentence: string) =>
  page.getByRole("status").getByText(sentence, { exact: true }).waitFor();

/** Waits until a field refers to this error. */
async function seeError(page: Page, label: string, error: string): Promise<void> {
  await page.getByText(error, { exact: true }).waitFor();
  const described = (await page.getByLabel(label).getAttribute("aria-describedby")) ?? "";
  const id = described.split(" ").find((one) => one.endsWith("-error"));
  expect(await page.locator(`#${id}`).textContent()).toBe(error);
}

async function seeRefused(page: Page, why: string): Promise<void> {
  await page.getByRole("heading", { name: "This link does not work any more" }).waitFor();
  expect(await page.locator("main").textContent()).toContain(why);
}

import { look } from "@kysely-lucia/browser";
import { expect, test } from "vitest";
import {
  catchCallback,
  comeFromPocketId,
  errorOf,
  expectHeading,
  expectStatus,
  expectText,
  expectWays,
  fillIn,
  goToPocketId,
  press,
  signOut,
  signUp,
} from "./pages.js";
import { setStage } from "./stage.js";
import { PASSWORD, signedUp, Visitor } from "./visitor.js";

const HERE = { name: "hono-postgres" };

const stage = setStage();

test("the first time makes an account with the name at Pocket ID, the next time finds it", async () => {
  const page = await stage.openPage();
  await page.goto("/sign-in");
  await comeFromPocketId(page, "Continue with Pocket ID", "ada");
  await expectStatus(page, "Your account is ready. Welcome!");
  expect(new URL(page.url()).pathname).toBe("/notes");
  await expectText(page.getByRole("listitem").locator(".foot > span"), "ada, just now");
  await page.goto("/account");
  await expectWays(page, "Pocket ID");
  await expectText(page.getByText("Your only way"), "Your only way");
  await signOut(page);

  const before = await stage.database.count();
  await page.goto("/sign-up");
  await comeFromPocketId(page, "Continue with Pocket ID", "ada");
  await page.waitForURL("**/notes");
  expect(await page.getByRole("status").count()).toBe(0);
  const { auth_user, auth_key } = await stage.database.count();
  expect({ auth_user, auth_key }).toEqual({
    auth_user: before["auth_user"],
    auth_key: before["auth_key"],
  });

  await page.goto("/account");
  await fillIn(page, { "Your name, to be sure": "Ada" });
  await press(page, "Delete account");
  expect(await errorOf(page, "Your name, to be sure")).toBe("This is not your name.");
  await fillIn(page, { "Your name, to be sure": "ada" });
  await press(page, "Delete account");
  await expectStatus(page, "Your account and all your notes are deleted.");
});

test("whose name is taken or is no name here chooses another one", async () => {
  await signedUp(stage.site.url, "Grace");
  const page = await stage.openPage();
  for (const [name, problem, chosen] of [
    ["grace", "The name grace is taken. Choose another one.", "grace-2"],
    ["Zoë M.", "Only letters from a to z, digits, - and _, please.", "zoe"],
  ] as const) {
    await page.goto("/sign-in");
    await comeFromPocketId(page, "Continue with Pocket ID", name);
    await expectHeading(page, "Choose a name");
    expect(await page.getByLabel("Name").inputValue()).toBe(name);
    await press(page, "Sign up");
    expect(await errorOf(page, "Name")).toBe(problem);
    await look(page, HERE, `20-choose-a-name-${chosen}`);
    await fillIn(page, { Name: chosen });
    await press(page, "Sign up");
    await expectStatus(page, "Your account is ready. Welcome!");
    await expectText(page.getByRole("listitem").locator(".foot > span"), `${chosen}, just now`);
    await page.goto("/account");
    await expectWays(page, "Pocket ID");
    await fillIn(page, { "Your name, to be sure": chosen });
    await press(page, "Delete account");
    await expectStatus(page, "Your account and all your notes are deleted.");
  }
  await page.goto("/sign-up/pocket-id");
  expect(new URL(page.url()).pathname).toBe("/sign-in");
  expect((await new Visitor(stage.site.url).post("/api/sign-up/pocket-id")).error).toMatchObject({
    code: "over",
  });
});

test("an account with a password gets a second way, and gives up either", async () => {
  const page = await stage.openPage();
  await signUp(page, "Mira");
  await page.goto("/account");
  await expectWays(page, "Password");
  await comeFromPocketId(page, "Link Pocket ID", "ada");
  await expectStatus(page, "You can now sign in with Pocket ID as well.");
  expect(new URL(page.url()).pathname).toBe("/account");
  await expectWays(page, "Password", "Pocket ID");
  await look(page, HERE, "21-two-ways");

  const other = await stage.openPage();
  await other.goto("/sign-in");
  await comeFromPocketId(other, "Continue with Pocket ID", "ada");
  await other.waitForURL("**/notes");
  await expectText(other.getByRole("listitem").locator(".foot > span"), "Mira, just now");

  await press(page, "Remove Password");
  await expectStatus(
    page,
    "You can no longer sign in that way, and all other sessions have ended.",
  );
  await expectWays(page, "Pocket ID");
  await other.goto("/notes");
  expect(new URL(other.url()).pathname).toBe("/sign-in");
  await fillIn(other, { Name: "mira", Password: PASSWORD });
  await press(other, "Sign in");
  expect(await errorOf(other, "Password")).toBe(
    "This name and this password do not belong together.",
  );

  await fillIn(page, { "New password": "short" });
  await press(page, "Set password");
  expect(await errorOf(page, "New password")).toMatch(/too short/);
  await look(page, HERE, "22-one-way");
  await fillIn(page, { "New password": "battery staple" });
  await press(page, "Set password");
  await expectStatus(page, "You can now sign in with your name and this password as well.");
  await expectWays(page, "Password", "Pocket ID");
  await press(page, "Remove Pocket ID");
  await expectWays(page, "Password");
  expect(await page.getByRole("button", { name: "Remove" }).count()).toBe(0);

  await fillIn(other, { Name: "mira", Password: "battery staple" });
  await press(other, "Sign in");
  await other.waitForURL("**/notes");
});

test("who declines at Pocket ID is told that nothing has changed", async () => {
  const page = await stage.openPage();
  await page.goto("/sign-in");
  const before = await stage.database.count();
  await press(page, "Continue with Pocket ID");
  await press(page, "Cancel");
  await expectHeading(page, "Pocket ID did not let you through");
  await look(page, HERE, "23-declined");
  expect(await stage.database.count()).toEqual(before);
});

test("of an error that Pocket ID has sent, the log keeps nothing that came with it", async () => {
  const page = await stage.openPage();
  await page.goto("/sign-in");
  await goToPocketId(page, "Continue with Pocket ID");
  const callback = await catchCallback(page, "Zoë M.");
  callback.searchParams.set("error", "server_error");
  callback.searchParams.set("error_description", "about-somebody");
  expect((await page.goto(callback.href))?.status()).toBe(502);
  await expectHeading(page, "Pocket ID did not answer as it should");
  const log = stage.site.log();
  expect(log).toContain("Pocket ID: Its answer cannot be used.");
  for (const name of ["code", "state", "error_description"])
    expect(log).not.toContain(callback.searchParams.get(name));
});

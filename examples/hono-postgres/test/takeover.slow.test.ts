import { expect, test } from "vitest";
import {
  catchCallback,
  comeFromPocketId,
  expectHeading,
  expectStatus,
  expectWays,
  goToPocketId,
  press,
  signOut,
  signUp,
} from "./pages.js";
import { setStage } from "./stage.js";

const stage = setStage();

test("an identity that belongs to another account is linked to no second one", async () => {
  const owner = await stage.openPage();
  await owner.goto("/sign-in");
  await comeFromPocketId(owner, "Continue with Pocket ID", "ada");
  await expectStatus(owner, "Your account is ready. Welcome!");

  const other = await stage.openPage();
  await signUp(other, "other");
  await other.goto("/account");
  await comeFromPocketId(other, "Link Pocket ID", "ada");
  await expectHeading(other, "That Pocket ID belongs to another account");
  await other.getByRole("link", { name: "To your account" }).click();
  await expectWays(other, "Password");
});

test("an answer is taken once", async () => {
  const page = await stage.openPage();
  await page.goto("/sign-in");
  await goToPocketId(page, "Continue with Pocket ID");
  const cookies = await page.context().cookies();
  const callback = await catchCallback(page, "grace");
  await page.goto(callback.href);
  await expectStatus(page, "Your account is ready. Welcome!");
  await signOut(page);

  // Also by somebody who has kept the cookie.
  for (const kept of [[], cookies]) {
    await page.context().addCookies(kept);
    const before = await stage.database.count();
    const answer = await page.goto(callback.href);
    expect(answer?.status()).toBe(400);
    await expectHeading(page, "That way from Pocket ID is over");
    expect(await stage.database.count()).toEqual(before);
    await page.goto("/notes");
    expect(new URL(page.url()).pathname).toBe("/sign-in");
  }
});

test("an answer with another state is refused, and the right one is still taken", async () => {
  const page = await stage.openPage();
  await page.goto("/sign-in");
  await goToPocketId(page, "Continue with Pocket ID");
  const callback = await catchCallback(page, "grace");
  const before = await stage.database.count();
  for (const state of ["x", "", `${callback.searchParams.get("state")}x`, "\0", undefined]) {
    const tampered = new URL(callback);
    if (state === undefined) tampered.searchParams.delete("state");
    else tampered.searchParams.set("state", state);
    expect((await page.goto(tampered.href))?.status()).toBe(400);
    await expectHeading(page, "That way from Pocket ID is over");
  }
  expect(await stage.database.count()).toEqual(before);
  await page.goto(callback.href);
  await page.waitForURL("**/notes");
});

test("an answer that somebody else has got signs nobody in, and links nothing", async () => {
  const attacker = await stage.openPage();
  await attacker.goto("/sign-in");
  await goToPocketId(attacker, "Continue with Pocket ID");
  const callback = await catchCallback(attacker, "ada");

  const victim = await stage.openPage();
  await victim.goto(callback.href);
  await expectHeading(victim, "That way from Pocket ID is over");
  await victim.goto("/notes");
  expect(new URL(victim.url()).pathname).toBe("/sign-in");

  await signUp(victim, "victim");
  await victim.goto("/account");
  await goToPocketId(victim, "Link Pocket ID");
  const own = await catchCallback(victim, "Zoë M.");
  // The code of the attacker in the way that the victim has begun: PKCE and the nonce stop it.
  own.searchParams.set("code", String(callback.searchParams.get("code")));
  expect((await victim.goto(own.href))?.status()).toBe(502);
  await expectHeading(victim, "Pocket ID did not answer as it should");
  await victim.goto("/account");
  await expectWays(victim, "Password");
});

test.each([
  ["nonce", "update provider_attempt set nonce = 'another'"],
  ["code_verifier", `update provider_attempt set code_verifier = '${"x".repeat(43)}'`],
])("an answer to another %s is refused", async (_name, change) => {
  const page = await stage.openPage();
  await page.goto("/sign-in");
  await goToPocketId(page, "Continue with Pocket ID");
  await stage.database.query(change);
  await press(page, "I am Zoë M.");
  await expectHeading(page, "Pocket ID did not answer as it should");
});

test("an answer of another issuer is refused", async () => {
  const page = await stage.openPage();
  await page.goto("/sign-in");
  await goToPocketId(page, "Continue with Pocket ID");
  const callback = await catchCallback(page, "Zoë M.");
  callback.searchParams.set("iss", "https://elsewhere.example");
  expect((await page.goto(callback.href))?.status()).toBe(502);
});

test("what one session has begun links nothing in another, nor for nobody", async () => {
  const page = await stage.openPage();
  for (const next of ["someone-else", undefined]) {
    await signUp(page, `first-${next ?? "then-nobody"}`);
    await page.goto("/account");
    await goToPocketId(page, "Link Pocket ID");
    const callback = await catchCallback(page, "Zoë M.");
    await page.goto("/notes");
    await signOut(page);
    if (next) await signUp(page, next);
    expect((await page.goto(callback.href))?.status()).toBe(403);
    await expectHeading(page, "You are not signed in as before");
    if (!next) continue;
    await page.goto("/account");
    await expectWays(page, "Password");
    await signOut(page);
  }
  const keys = await stage.database.query("select from auth_key where id like '%e452%'");
  expect(keys).toEqual([]);
});

test("a way that was begun too long ago is over", async () => {
  const page = await stage.openPage();
  await page.goto("/sign-in");
  await goToPocketId(page, "Continue with Pocket ID");
  await stage.database.query(
    "update provider_attempt set expires_at = now() - interval '1 second'",
  );
  await press(page, "I am ada");
  await expectHeading(page, "That way from Pocket ID is over");
});

test("without Pocket ID nobody gets there, and passwords work on", async () => {
  const page = await stage.openPage();
  await page.goto("/sign-in");
  await goToPocketId(page, "Continue with Pocket ID");
  const callback = await catchCallback(page, "Zoë M.");
  await stage.standIn.stop();
  expect((await page.goto(callback.href))?.status()).toBe(502);
  await expectHeading(page, "Pocket ID did not answer as it should");
  await signUp(page, "alone");
});

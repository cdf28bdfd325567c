import { expect, test } from "vitest";
import { fillIn, press, seePage, seeTyped, signUp } from "../person.js";
import type { Stage } from "../stage.js";

/** On a slow line, where people type while the page's scripts are still on their way. */
export function testLateScripts({ example, openBrowser }: Stage): void {
  test("what was typed before the scripts were there stays, and is sent", async () => {
    const person = await signUp(await openBrowser(), example);
    const page = await openBrowser();
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    let scripts = 0;
    await page.route("**/*.js", async (route) => {
      scripts += 1;
      await arrived;
      await route.continue();
    });
    await page.goto("/sign-in", { waitUntil: "commit" });
    await fillIn(page, { Name: person.name, Password: person.password });
    expect(scripts).toBeGreaterThan(0);
    arrive();
    await page.waitForLoadState("networkidle");
    await seeTyped(page, "Name", person.name);
    await seeTyped(page, "Password", person.password);
    await press(page, "Sign in");
    await seePage(page, "/notes", "Notes");
  });
}

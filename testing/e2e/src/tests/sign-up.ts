import { look } from "@kysely-lucia/browser";
import { test } from "vitest";
import {
  fillIn,
  fillInSignUp,
  press,
  seeDone,
  seeError,
  seePage,
  seeTyped,
  signUp,
  somebody,
} from "../person.js";
import type { BrowserOptions, Stage } from "../stage.js";

export function testSignUp(stage: Stage, options: BrowserOptions): void {
  const { example } = stage;

  test("sign-up says what is wrong with each field, and leads to a welcome note", async () => {
    const page = await stage.openBrowser(options);
    const person = somebody();
    await page.goto("/");
    await look(page, example, "01-home", options);
    await page.getByRole("link", { name: "Start writing" }).click();
    await seePage(page, "/sign-up", "Sign up");
    await look(page, example, "02-sign-up", options);

    await press(page, "Sign up");
    await seeError(page, "Name", "Choose a name.");
    await seeError(page, "Password", "Choose a password.");
    await fillInSignUp(page, example, { name: "not a name!", password: "short" });
    await press(page, "Sign up");
    await seeError(page, "Name", /^Only letters/);
    await seeError(page, "Password", /too short/);
    await seeTyped(page, "Name", "not a name!");
    await seeTyped(page, "Password", "");
    await look(page, example, "03-sign-up-refused", options);
    await fillInSignUp(page, example, { ...person, name: "x".repeat(25) });
    await press(page, "Sign up");
    await seeError(page, "Name", /too long/);
    await seeError(page, "Password", "");

    await fillInSignUp(page, example, person);
    await press(page, "Sign up");
    await seeDone(page, "Your account is ready. Welcome!");
    await seePage(page, "/notes", "Notes");
    await page
      .getByRole("listitem")
      .getByText("This note was written together with your account")
      .waitFor();
    await look(page, example, "04-notes-welcome", options);
    for (const address of ["/", "/sign-in", "/sign-up"]) {
      await page.goto(address);
      await seePage(page, "/notes", "Notes");
    }
  });

  test("a name is given once, in whatever capitals", async () => {
    const { name } = await signUp(await stage.openBrowser(options), example);
    const page = await stage.openBrowser(options);
    await page.goto("/sign-up");
    const taken = (as: string) => `The name ${as} is taken. Choose another one.`;
    for (const as of [name, name.toUpperCase()]) {
      // Somebody else in all but the name.
      await fillInSignUp(page, example, somebody());
      await fillIn(page, { Name: as });
      await press(page, "Sign up");
      await seeError(page, "Name", taken(as));
      await seeTyped(page, "Name", as);
      await seeTyped(page, "Password", "");
    }
  });
}

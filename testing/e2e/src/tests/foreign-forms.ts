import { look } from "@kysely-lucia/browser";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ForeignPage, openForeignPage } from "../foreign-page.js";
import {
  fillIn,
  press,
  seeDone,
  seePage,
  sessionCookie,
  signIn,
  signUp,
  somebody,
} from "../person.js";
import { copyForms, copyRequests, type FormCopy, sendCopy } from "../replay.js";
import { countRows } from "../rows.js";
import type { Stage } from "../stage.js";

/** From a page at another port of the same host, to which browsers send the site's cookies as well. */
export function testForeignForms(stage: Stage): void {
  const { example, openBrowser } = stage;
  const hasForms = example.forms !== "scripted";
  let foreign: ForeignPage;

  beforeAll(async () => {
    foreign = await openForeignPage();
  });

  afterAll(() => foreign?.close());

  describe("on a page of another origin", () => {
    test("copies of the forms of somebody who is signed in do nothing", async () => {
      const page = await openBrowser();
      const { password } = await signUp(page, example);
      const before = await state(page);
      const forms = [
        ...(await copyForms(stage, page, "/notes", { "A new note": "written elsewhere" })),
        ...(await copyForms(stage, page, "/account", {
          "Current password": password,
          "New password": "chosen elsewhere",
          "Your password, to be sure": password,
        })),
      ];
      const buttons = forms.map(({ button }) => button.replace(/ (the|“).*/, ""));
      const ofAllExamples = [
        "Add note",
        "Change password",
        "Delete",
        "Delete account",
        "End",
        "Sign out",
      ];
      if (hasForms) expect(buttons).toEqual(expect.arrayContaining(ofAllExamples));
      for (const form of forms) await sendRefused(page, form);
      if (hasForms) await look(page, example, "14-foreign-form");
      expect(await state(page)).toEqual(before);
    });

    test("copies of the forms for everybody sign nobody in or up", async () => {
      const person = await signUp(await openBrowser(), example);
      const page = await openBrowser();
      const { name, password } = somebody();
      const before = await countRows(stage.database);
      const forms = [
        ...(await copyForms(stage, page, "/sign-in", {
          Name: person.name,
          Password: person.password,
        })),
        ...(await copyForms(stage, page, "/sign-up", {
          ...{ Name: name, ...example.signUpFields?.(name), Password: password },
        })),
      ];
      const buttons = forms.map(({ button }) => button);
      if (hasForms) expect(buttons).toEqual(expect.arrayContaining(["Sign in", "Sign up"]));
      for (const form of forms) await sendRefused(page, form);
      expect(await sessionCookie(page)).toBeUndefined();
      expect(await countRows(stage.database)).toEqual(before);
    });

    test("copies of all that the site's own pages send do nothing", async () => {
      const page = await openBrowser();
      const [person, nobody] = [somebody(), somebody()];
      const requests = await copyRequests(page, async () => {
        await signUp(page, example, person);
        await fillIn(page, { "A new note": "sent twice" });
        await press(page, "Add note");
        await seeDone(page, "Note added.");
        await press(page, "Sign out");
        await seeDone(page, "You are signed out.");
        await signIn(page, person);
      });
      expect(requests.length).toBeGreaterThanOrEqual(4);
      const before = await state(page);
      const stranger = await openBrowser();
      for (const sender of [page, stranger]) {
        await sender.goto(foreign.url);
        for (const request of requests) {
          await sendCopy(sender, request);
          // A sign-up of the same name would be refused anyway.
          const body = request.body?.replaceAll(person.name, nobody.name) ?? null;
          await sendCopy(sender, { ...request, body });
        }
      }
      expect(await sessionCookie(stranger)).toBeUndefined();
      expect(await state(page)).toEqual(before);
    });
  });

  /** Presses the button of a copy, and is told that it was not the site's own. */
  async function sendRefused(page: Page, { html }: FormCopy): Promise<void> {
    foreign.show(html);
    await page.goto(foreign.url);
    const [response] = await Promise.all([
      page.waitForResponse((answer) => answer.request().method() === "POST"),
      page.waitForURL(`${stage.site.url}/**`),
      page.getByRole("button").click(),
    ]);
    expect(response.status()).toBeGreaterThanOrEqual(400);
    await page.getByRole("heading", { level: 1, name: "That form was not ours" }).waitFor();
  }

  /** What must not change: what is stored, who is signed in, and the notes. */
  async function state(page: Page) {
    await page.goto("/notes");
    await seePage(page, "/notes", "Notes");
    return {
      rows: await countRows(stage.database),
      cookie: await sessionCookie(page),
      notes: await page.getByRole("listitem").locator(".body").allTextContents(),
    };
  }
}

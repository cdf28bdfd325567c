import path from "node:path";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect } from "vitest";

const RESULTS = fileURLToPath(new URL("../../../test-results", import.meta.url));

/** Four pictures of each page take as long as all the rest, so that only `pnpm test:e2e` keeps them. */
const keepsPictures = process.env["KYSELY_LUCIA_PICTURES"] !== undefined;

const SIZES = { narrow: { width: 375, height: 720 }, wide: { width: 1200, height: 800 } };

/** A site, by the folder that its pictures go to. */
export interface Site {
  readonly name: string;
}

/**
 * Looks at a page as different people do: on a phone and on a desk, in the light and in the dark, with and without
 * eyes. With `KYSELY_LUCIA_PICTURES` it keeps pictures in `test-results`. Nothing may stick out sideways, and axe-core may have nothing to say.
 */
export async function look(
  page: Page,
  { name }: Site,
  screen: string,
  { javaScript }: { readonly javaScript?: "on" | "off" } = {},
): Promise<void> {
  // It is the same page, and axe-core could not run.
  if (javaScript === "off") return;
  expect(await page.title()).toMatch(/ · Pocket notes$/);
  for (const [width, size] of Object.entries(SIZES)) {
    await page.setViewportSize(size);
    expect(await overflow(page), `${screen} sticks out at ${size.width} pixels`).toBe(0);
    for (const colorScheme of ["dark", "light"] as const) {
      await page.emulateMedia({ colorScheme });
      if (keepsPictures) await takePicture(page, name, `${screen}-${width}-${colorScheme}`);
      // In the dark, colours alone are other ones.
      const rules = colorScheme === "dark" ? ["color-contrast"] : undefined;
      if (width === "wide") expect(await violations(page, rules), screen).toEqual([]);
    }
  }
}

/** Keeps pictures of pages, for those who look into a test that has failed. */
export async function keepPictures(
  pages: readonly Page[],
  { name }: Site,
  screen: string,
): Promise<void> {
  for (const [index, page] of pages.entries()) {
    await takePicture(page, name, `${screen.replaceAll(/\W+/g, "-")}-${index + 1}`);
  }
}

async function takePicture(page: Page, example: string, name: string): Promise<void> {
  await page.screenshot({ path: path.join(RESULTS, example, `${name}.png`), fullPage: true });
}

async function overflow(page: Page): Promise<unknown> {
  return page.evaluate(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
}

/** What axe-core finds, in words and with the elements it is about. */
async function violations(page: Page, rules?: string[]): Promise<string[]> {
  // There are no frames, for which it would open a page of its own.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const results = await (rules ? axe.withRules(rules) : axe).analyze();
  return results.violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(" ")}`,
  );
}

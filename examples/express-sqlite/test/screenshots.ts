import path from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { FOLDER } from "./site.js";

const WIDTHS = { wide: { width: 1200, height: 800 }, narrow: { width: 375, height: 720 } };

/** Keeps the page as a picture, wide and narrow, light and dark. Nothing may stick out sideways. */
export async function takeScreenshots(page: Page, name: string): Promise<void> {
  for (const [width, size] of Object.entries(WIDTHS)) {
    await page.setViewportSize(size);
    const overflow = await page.evaluate(
      "document.documentElement.scrollWidth - document.documentElement.clientWidth",
    );
    expect(overflow, `${name} sticks out sideways at ${size.width} pixels`).toBe(0);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const file = `${name}-${width}-${colorScheme}.png`;
      await page.screenshot({ path: path.join(FOLDER, "test-results", file), fullPage: true });
    }
  }
}

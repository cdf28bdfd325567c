import type { Context } from "hono";
import type { StatusCode } from "hono/utils/http-status";
import { takeFlash } from "./flash.js";
import { layout, type Page } from "./views/layout.js";

/**
 * Sends a page, and on it what was done before, unless there is something wrong to be said now. No
 * cache keeps it: it may show private things.
 */
export function sendPage(c: Context, page: Page, status: StatusCode = 200) {
  const flash = status === 200 ? takeFlash(c) : undefined;
  c.status(status);
  c.header("Cache-Control", "no-store");
  return c.html(layout(page, flash));
}

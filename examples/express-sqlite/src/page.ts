import type { Request, Response } from "express";
import { takeFlash } from "./flash.js";
import { layout, type Page } from "./views/layout.js";

/**
 * Sends a page, and on it what was done before, unless there is something wrong to be said now. No
 * cache keeps it: it may show private things.
 */
export function sendPage(request: Request, response: Response, page: Page, status = 200): void {
  const flash = status === 200 ? takeFlash(request, response) : undefined;
  response
    .status(status)
    .set("Cache-Control", "no-store")
    .type("html")
    .send(layout(page, flash).toString());
}

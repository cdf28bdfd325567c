import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Site } from "../site.js";
import { PATIENCE_MS } from "./attempts.js";

/**
 * Shows that the browser that comes back is the one that was sent: `state` of an attempt, or the secret
 * of somebody who has yet to choose a name.
 */
type Name = "pocket_id_state" | "pocket_id_newcomer";

/** Lax: it has to come along when the provider sends somebody back. */
export function keepInBrowser(
  c: Context,
  { isSecure }: Pick<Site, "isSecure">,
  name: Name,
  value: string,
): void {
  setCookie(c, name, value, {
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    secure: isSecure,
    maxAge: PATIENCE_MS / 1000,
  });
}

export function readFromBrowser(c: Context, name: Name): string | undefined {
  return getCookie(c, name) || undefined;
}

export function forgetInBrowser(c: Context, name: Name): void {
  deleteCookie(c, name, { path: "/" });
}

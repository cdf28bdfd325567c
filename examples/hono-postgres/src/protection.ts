import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { Refusal } from "./refusal.js";

const HEADERS = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  // Not "no-referrer": browsers then send `Origin: null` with this site's own forms.
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
} as const;

export const setHeaders: MiddlewareHandler = async (c, next) => {
  for (const [name, value] of Object.entries(HEADERS)) c.header(name, value);
  await next();
};

/** No cache keeps what the API says. */
export const keepNowhere: MiddlewareHandler = async (c, next) => {
  c.header("Cache-Control", "no-store");
  await next();
};

/**
 * Refuses what was sent from another site's page. Lucia counts its sender as signed out, which guards
 * everything that needs a session; but signing in needs none, and a foreign page must not sign anybody
 * in to an account of its own.
 */
export function refuseForeignForms(origin: string): MiddlewareHandler {
  return async ({ req }, next) => {
    const changesSomething = req.method !== "GET" && req.method !== "HEAD";
    if (changesSomething && req.header("Origin") !== origin) {
      throw new Refusal(
        403,
        "foreign-form",
        "That was sent from another site’s page, so nothing was done with it.",
      );
    }
    await next();
  };
}

export const limitBodies = bodyLimit({
  maxSize: 64 * 1024,
  onError: () => {
    throw new Refusal(413, "too-large", "That was too much at once, and nothing was saved.");
  },
});

/**
 * Refuses what does not say that it is JSON: a form of another site's page cannot say so, nor can one of
 * ours that was sent without its script. Nobody would see what the API answers to that.
 */
export const demandJson: MiddlewareHandler = async ({ req }, next) => {
  const isJson = /^application\/json\s*(;|$)/i.test(req.header("Content-Type") ?? "");
  if (req.method === "POST" && !isJson) {
    throw new Refusal(
      415,
      "no-json",
      "Send JSON, be it an empty object, with the header Content-Type: application/json.",
    );
  }
  await next();
};

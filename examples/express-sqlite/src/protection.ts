import type { RequestHandler } from "express";
import { sendPage } from "./page.js";
import { foreignFormPage } from "./views/messages.js";

const HEADERS = {
  "Content-Security-Policy":
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; " +
    "base-uri 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  // Not "no-referrer": browsers then send `Origin: null` with this site's own forms.
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
} as const;

export const setHeaders: RequestHandler = (_request, response, next) => {
  response.set(HEADERS);
  next();
};

/**
 * Refuses forms that were sent from another site's page. Lucia counts their senders as signed out,
 * which guards everything that needs a session; but signing in needs none, and a foreign page must
 * not sign anybody in to an account of its own.
 */
export const refuseForeignForms: RequestHandler = (request, response, next) => {
  const isForm = request.method !== "GET" && request.method !== "HEAD";
  const ownOrigin = `${request.protocol}://${request.host}`;
  if (!isForm || request.headers.origin === ownOrigin) return next();
  sendPage(request, response, foreignFormPage, 403);
};

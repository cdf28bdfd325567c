import { TooManyPasswordsError } from "@kysely-lucia/postgres";
import type { Context, ErrorHandler, NotFoundHandler } from "hono";
import { outlineOf } from "./error-messages.js";
import { sendPage } from "./page.js";
import { ProviderError } from "./pocket-id/provider.js";
import { Refusal } from "./refusal.js";
import * as messages from "./views/messages.js";

/** The pages for those refusals that a form can get which no script of ours has sent. */
const PAGES = {
  "foreign-form": messages.foreignFormPage,
  "not-found": messages.notFoundPage,
  "too-large": messages.tooLargePage,
  unreadable: messages.unreadablePage,
  "no-json": messages.noScriptPage,
  busy: messages.busyPage,
  provider: messages.providerFailedPage,
  failure: messages.failurePage,
};

export const notFound: NotFoundHandler = (c) =>
  answer(c, new Refusal(404, "not-found", "There is no such address."));

/** Details are for the log of the server; the answer only says what its reader can do. */
export const failed: ErrorHandler = (error, c) => answer(c, refusalOf(error));

function refusalOf(error: Error): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof TooManyPasswordsError) {
    return new Refusal(503, "busy", "Many people are signing in. Try again in a minute.");
  }
  if (error instanceof ProviderError) {
    console.error(outlineOf(error));
    const message = "Pocket ID does not answer as it should. Nothing was changed. Try again later.";
    return new Refusal(502, "provider", message);
  }
  console.error(error);
  return new Refusal(
    500,
    "failure",
    "Something went wrong here. It is our fault, not yours. Nobody was signed out by it. Try again in a moment.",
  );
}

/** A page for people, and one shape of JSON for all that calls the API. */
function answer(
  c: Context,
  { status, code, message, fields }: Refusal,
): Response | Promise<Response> {
  const page = Object.entries(PAGES).find(([name]) => name === code)?.[1];
  if (wantsPage(c)) return sendPage(c, page ?? messages.unreadablePage, status);
  return c.json({ error: { code, message, fields } }, status);
}

/** Also below /api, where a form leads that another site's page has sent. */
function wantsPage(c: Context): boolean {
  return !c.req.path.startsWith("/api/") || (c.req.header("Accept") ?? "").includes("text/html");
}

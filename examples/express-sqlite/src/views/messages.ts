import { type Html, html } from "./html.js";
import type { Page } from "./layout.js";

/** A page that only says something. It does not ask who is signed in: that may be what has failed. */
function message(title: string, text: Html): Page {
  return {
    title,
    body: html`<div class="narrow">
    <h1>${title}</h1>
    <p class="lead">${text}</p>
    <p class="actions"><a class="button" href="/">To the front page</a></p>
    </div>`,
  };
}

export const notFoundPage = message(
  "There is no such page",
  html`The address may be mistyped, or what was here is gone.`,
);

export const foreignFormPage = message(
  "That form was not ours",
  html`It was sent from another site’s page, so nothing was done with it. If you did mean to send it,
    open the form here and send it again.`,
);

export const tooLargePage = message(
  "That was too much at once",
  html`Nothing was saved. Go back, your browser has kept what you typed, and send less of it.`,
);

export const unreadablePage = message(
  "That could not be read",
  html`What your browser sent was damaged on its way, or is no form of this site. Nothing was changed.`,
);

export const failurePage = message(
  "Something went wrong here",
  html`It is our fault, not yours. Nobody was signed out by it. Try again in a moment.`,
);

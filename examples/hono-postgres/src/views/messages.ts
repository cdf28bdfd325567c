import { html } from "hono/html";
import type { Html, Page } from "./layout.js";

interface Link {
  readonly href: string;
  readonly text: string;
}

const toFront: Link = { href: "/", text: "To the front page" };
const toSignIn: Link = { href: "/sign-in", text: "To the sign-in" };
const toAccount: Link = { href: "/account", text: "To your account" };

/** A page that only says something. It does not ask who is signed in: that may be what has failed. */
function message(title: string, text: Html, { href, text: label }: Link = toFront): Page {
  return {
    title,
    body: html`<div class="narrow">
    <h1>${title}</h1>
    <p class="lead">${text}</p>
    <p class="actions"><a class="button" href="${href}">${label}</a></p>
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

export const noScriptPage = message(
  "That form needs its script",
  html`Your browser has sent it without, so nothing was changed. Load the page again, with JavaScript
    switched on, and send it once more.`,
);

export const busyPage = message(
  "Many people are signing in",
  html`Nothing was changed. Try again in a minute.`,
);

export const failurePage = message(
  "Something went wrong here",
  html`It is our fault, not yours. Nobody was signed out by it. Try again in a moment.`,
);

export const providerFailedPage = message(
  "Pocket ID did not answer as it should",
  html`So we do not know who you are there. Nothing was changed here. Try again in a moment.`,
  toSignIn,
);

export const providerRefusedPage = message(
  "Pocket ID did not let you through",
  html`You or Pocket ID have declined. Nothing was changed here.`,
  toSignIn,
);

export const attemptOverPage = message(
  "That way from Pocket ID is over",
  html`It was used already, took more than ten minutes, or was begun in another browser or by somebody
    else. Nothing was changed. Start here again.`,
  toSignIn,
);

export const otherSessionPage = message(
  "You are not signed in as before",
  html`When you went to Pocket ID you were signed in here in another way. So it was linked to no account,
    neither to that one nor to another.`,
  toAccount,
);

export const otherAccountPage = message(
  "That Pocket ID belongs to another account",
  html`Somebody signs in to another account here with it, so it was not linked to yours. Use another one,
    or sign in with it and remove it there first.`,
  toAccount,
);

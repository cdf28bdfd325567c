import { html } from "hono/html";
import type { User } from "../auth.js";
import type { Flash } from "../flash.js";

/** What a template becomes: all that is put into it is escaped, unless it is a template itself. */
export type Html = ReturnType<typeof html>;

/** A page without the frame that all pages have. */
export interface Page {
  readonly title: string;
  readonly body: Html;
  /** Who is signed in; null if nobody is; left out where that is not known. */
  readonly user?: User | null;
}

const STYLES = ["theme", "frame", "forms", "pages"];

/** The whole page, with one sentence on top about what was just done, or was not. */
export function layout(page: Page, flash?: Flash): Html {
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${page.title} · Pocket notes</title>
  <link rel="icon" href="/style/icon.svg" type="image/svg+xml">
  ${STYLES.map((name) => html`<link rel="stylesheet" href="/style/${name}.css">`)}
  <script type="module" src="/site.js"></script>
</head>
<body>
  <a class="skip" href="#main">Skip to the content</a>
  <header>
    <a class="brand" href="/"><img src="/style/icon.svg" alt="" width="28" height="28">Pocket notes</a>
    ${navigation(page)}
  </header>
  <main id="main" tabindex="-1">
    <noscript><p class="notice">The forms of this site need JavaScript, which is switched off in your browser.</p></noscript>
    ${flash && said(flash)}
    ${page.body}
  </main>
  <footer>
    <p>Kysely and Lucia on one PostgreSQL pool, Hono in front of them, and one small script in your browser.</p>
  </footer>
</body>
</html>
`;
}

function said({ text, isBad }: Flash): Html {
  return isBad
    ? html`<p class="notice" role="alert">${text}</p>`
    : html`<p class="flash" role="status">${text}</p>`;
}

function navigation({ title, user }: Page): Html | undefined {
  if (user === undefined) return undefined;
  const link = (href: string, text: string) =>
    html`<a href="${href}"${title === text ? html` aria-current="page"` : ""}>${text}</a>`;
  if (user === null) {
    return html`<nav aria-label="Site">${link("/sign-in", "Sign in")}${link("/sign-up", "Sign up")}</nav>`;
  }
  return html`<nav aria-label="Site">
      ${link("/notes", "Notes")}${link("/account", "Account")}
      <form method="post" action="/api/sign-out" data-next="/"><button class="plain">Sign out</button></form>
    </nav>`;
}

import { html } from "hono/html";
import type { Page } from "./layout.js";

export const homePage: Page = {
  title: "A small place for your notes",
  user: null,
  body: html`<div class="hero">
      <div>
        <h1>A small, quiet place for your notes.</h1>
        <p class="lead">
          Write something down, find it again tomorrow. Nobody else reads it, and when you leave,
          everything leaves with you.
        </p>
        <p class="actions">
          <a class="button" href="/sign-up">Start writing</a>
          <a class="button secondary" href="/sign-in">Sign in</a>
        </p>
      </div>
      <div class="pile" aria-hidden="true">
        <p class="straw">Ask Mira for the name of that little bookshop.</p>
        <p class="sage">The tomatoes want water on Thursday.</p>
        <p class="rose">What a good day.</p>
      </div>
    </div>
    <section aria-labelledby="inside">
      <h2 id="inside">What happens behind these pages</h2>
      <ul class="facts">
        <li>
          <h3>All or nothing</h3>
          <p>An account, its password and its first note are written in one transaction. So is the end of it.</p>
        </li>
        <li>
          <h3>Sessions you can see</h3>
          <p>Your account shows where you are signed in. End any session from any browser.</p>
        </li>
        <li>
          <h3>One database</h3>
          <p>Users, sessions and notes live in one PostgreSQL database, joined by ordinary queries.</p>
        </li>
      </ul>
    </section>`,
};

import { html } from "hono/html";
import type { Html } from "./layout.js";

/** Leads to Pocket ID, to sign in or to sign up. */
export const pocketIdForm: Html = html`<form method="post" action="/api/sign-in/pocket-id" class="actions">
      <button class="secondary">Continue with Pocket ID</button>
    </form>`;

import { html } from "hono/html";
import { field } from "./field.js";
import type { Page } from "./layout.js";
import { pocketIdForm } from "./pocket-id.js";

export const NAME_HINT = "Letters, digits, - and _, at most 24.";

export function signUpPage({ hasProvider }: { readonly hasProvider: boolean }): Page {
  return {
    title: "Sign up",
    user: null,
    body: html`<div class="narrow">
    <h1>Sign up</h1>
    <p class="lead">A name and a password, nothing else.</p>
    <form method="post" action="/api/sign-up" data-next="/notes" class="card" novalidate>
      ${field({ name: "username", label: "Name", hint: NAME_HINT, autocomplete: "username", hasFocus: true })}
      ${field({
        name: "password",
        label: "Password",
        hint: "At least 8 characters. A few words are easier to remember than a few symbols.",
        autocomplete: "new-password",
      })}
      <button>Sign up</button>
    </form>
    ${hasProvider ? pocketIdForm : ""}
    <p class="aside">You have an account? <a href="/sign-in">Sign in</a></p>
    </div>`,
  };
}

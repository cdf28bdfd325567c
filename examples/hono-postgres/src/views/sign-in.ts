import { html } from "hono/html";
import { field } from "./field.js";
import type { Page } from "./layout.js";
import { pocketIdForm } from "./pocket-id.js";

export function signInPage({ hasProvider }: { readonly hasProvider: boolean }): Page {
  return {
    title: "Sign in",
    user: null,
    body: html`<div class="narrow">
    <h1>Sign in</h1>
    <form method="post" action="/api/sign-in" data-next="/notes" class="card" novalidate>
      ${field({ name: "username", label: "Name", autocomplete: "username", hasFocus: true })}
      ${field({ name: "password", label: "Password", autocomplete: "current-password" })}
      <button>Sign in</button>
    </form>
    ${hasProvider ? pocketIdForm : ""}
    <p class="aside">You are new here? <a href="/sign-up">Sign up</a></p>
    </div>`,
  };
}

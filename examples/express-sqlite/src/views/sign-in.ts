import { type Errors, hasErrors } from "../forms.js";
import { field } from "./field.js";
import { html } from "./html.js";
import type { Page } from "./layout.js";

interface SignIn {
  readonly username?: string;
  readonly errors?: Errors<"username" | "password">;
  /** Why this page is shown in place of another one. */
  readonly notice?: string;
}

export function signInPage({ username, errors = {}, notice }: SignIn = {}): Page {
  return {
    title: "Sign in",
    user: null,
    isRefused: hasErrors(errors),
    body: html`<div class="narrow">
    <h1>Sign in</h1>
    ${notice && html`<p class="notice" role="alert">${notice}</p>`}
    <form method="post" action="/sign-in" class="card" novalidate>
      ${field({
        name: "username",
        label: "Name",
        autocomplete: "username",
        value: username,
        error: errors.username,
        hasFocus: !errors.password || !!errors.username,
      })}
      ${field({
        name: "password",
        label: "Password",
        autocomplete: "current-password",
        error: errors.password,
        hasFocus: !!errors.password && !errors.username,
      })}
      <button>Sign in</button>
    </form>
    <p class="aside">You are new here? <a href="/sign-up">Sign up</a></p>
    </div>`,
  };
}

import { type Errors, hasErrors } from "../forms.js";
import { field } from "./field.js";
import { html } from "./html.js";
import type { Page } from "./layout.js";

interface SignUp {
  readonly username?: string;
  readonly errors?: Errors<"username" | "password">;
}

export function signUpPage({ username, errors = {} }: SignUp = {}): Page {
  return {
    title: "Sign up",
    user: null,
    isRefused: hasErrors(errors),
    body: html`<div class="narrow">
    <h1>Sign up</h1>
    <p class="lead">A name and a password, nothing else.</p>
    <form method="post" action="/sign-up" class="card" novalidate>
      ${field({
        name: "username",
        label: "Name",
        hint: "Letters, digits, - and _, at most 24.",
        autocomplete: "username",
        value: username,
        error: errors.username,
        hasFocus: !errors.password || !!errors.username,
      })}
      ${field({
        name: "password",
        label: "Password",
        hint: "At least 8 characters. A few words are easier to remember than a few symbols.",
        autocomplete: "new-password",
        error: errors.password,
        hasFocus: !!errors.password && !errors.username,
      })}
      <button>Sign up</button>
    </form>
    <p class="aside">You have an account? <a href="/sign-in">Sign in</a></p>
    </div>`,
  };
}

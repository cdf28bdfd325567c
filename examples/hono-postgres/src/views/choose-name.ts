import { html } from "hono/html";
import { field } from "./field.js";
import type { Page } from "./layout.js";
import { NAME_HINT } from "./sign-up.js";

/** For somebody whom Pocket ID calls by a name that cannot be used here. */
export function chooseNamePage(name: string): Page {
  return {
    title: "Choose a name",
    user: null,
    body: html`<div class="narrow">
    <h1>Choose a name</h1>
    <p class="lead">Pocket ID calls you <strong>${name || "nothing"}</strong>, which is taken or cannot be a name here.</p>
    <form method="post" action="/api/sign-up/pocket-id" data-next="/notes" class="card" novalidate>
      ${field({
        name: "username",
        label: "Name",
        hint: NAME_HINT,
        autocomplete: "username",
        value: name,
        hasFocus: true,
      })}
      <button>Sign up</button>
    </form>
    <p class="aside">You have an account already? <a href="/sign-in">Sign in</a>, then link Pocket ID to it.</p>
    </div>`,
  };
}

import type { User } from "../auth.js";
import type { Errors } from "../forms.js";
import type { ListedSession } from "../sessions.js";
import { field } from "./field.js";
import { type Html, html } from "./html.js";
import type { Page } from "./layout.js";
import { inWords, time } from "./time.js";

/** `current` and `password` are of the form for a new password, `confirm` of the one for deletion. */
export type AccountErrors = Errors<"current" | "password" | "confirm">;

interface Account {
  readonly user: User;
  readonly sessions: readonly ListedSession[];
  readonly errors?: AccountErrors | undefined;
}

export function accountPage({ user, sessions, errors }: Account): Page {
  return {
    title: "Account",
    user,
    isRefused: errors !== undefined,
    body: html`<div class="narrow">
    <h1>Account</h1>
    <p class="lead">You are signed in as <strong>${user.username}</strong>.</p>
    <section class="card" aria-labelledby="sessions">
      <h2 id="sessions">Where you are signed in</h2>
      <p class="under">Do you not recognise one of these? End it, then change your password.</p>
      <ul class="sessions">${sessions.map(listed)}</ul>
    </section>
    ${passwordForm(user, errors)}
    ${deletionForm(user, errors)}
    </div>`,
  };
}

function listed({ handle, startedAt, endsAt, isCurrent }: ListedSession): Html {
  const started = `the session that began ${inWords(startedAt)}`;
  return html`
        <li>
          <div>
            <p>Began ${time(startedAt)} ${isCurrent && html`<strong class="badge">this one</strong>`}</p>
            <p class="hint">Ends ${time(endsAt)}, if it is not used</p>
          </div>
          <form method="post" action="/account/sessions/${handle}/end">
            <button class="secondary" aria-label="End ${started}${isCurrent && ", this one"}">End</button>
          </form>
        </li>`;
}

function passwordForm(user: User, errors: AccountErrors = {}): Html {
  return html`<form method="post" action="/account/password" class="card" aria-labelledby="change" novalidate>
      <h2 id="change">Change your password</h2>
      <p class="under">All other sessions end when you do.</p>
      ${nameForPasswordManagers(user)}
      ${field({
        name: "current",
        label: "Current password",
        autocomplete: "current-password",
        error: errors.current,
        hasFocus: !!errors.current,
      })}
      ${field({
        name: "password",
        label: "New password",
        hint: "At least 8 characters.",
        autocomplete: "new-password",
        error: errors.password,
        hasFocus: !!errors.password && !errors.current,
      })}
      <button>Change password</button>
    </form>`;
}

function deletionForm(user: User, errors: AccountErrors = {}): Html {
  return html`<form method="post" action="/account/delete" class="card" aria-labelledby="delete" novalidate>
      <h2 id="delete">Delete your account</h2>
      <p class="under">Your account and all your notes are deleted at once, for good.</p>
      ${nameForPasswordManagers(user)}
      ${field({
        name: "confirm",
        label: "Your password, to be sure",
        autocomplete: "current-password",
        error: errors.confirm,
        hasFocus: !!errors.confirm,
      })}
      <button class="danger">Delete account</button>
    </form>`;
}

function nameForPasswordManagers({ username }: User): Html {
  return html`<input type="text" autocomplete="username" value="${username}" readonly hidden>`;
}

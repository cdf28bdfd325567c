import { html } from "hono/html";
import type { User } from "../auth.js";
import type { ListedSession } from "../sessions.js";
import type { Way } from "../ways.js";
import { field } from "./field.js";
import type { Html, Page } from "./layout.js";
import { inWords, time } from "./time.js";
import { waysCard } from "./ways.js";

interface Account {
  readonly user: User;
  readonly sessions: readonly ListedSession[];
  readonly ways: readonly Way[];
  readonly hasProvider: boolean;
}

export function accountPage({ user, sessions, ways, hasProvider }: Account): Page {
  const hasPassword = ways.includes("password");
  return {
    title: "Account",
    user,
    body: html`<div class="narrow">
    <h1>Account</h1>
    <p class="lead">You are signed in as <strong>${user.username}</strong>.</p>
    <section class="card" aria-labelledby="sessions">
      <h2 id="sessions">Where you are signed in</h2>
      <p class="under">Do you not recognise one of these? End it, then change your password.</p>
      <ul class="sessions">${sessions.map(listed)}</ul>
    </section>
    ${hasProvider || !hasPassword ? waysCard({ ways, hasProvider }) : ""}
    ${hasPassword ? changeForm(user) : setForm(user)}
    ${deletionForm(user, hasPassword)}
    </div>`,
  };
}

function listed({ handle, startedAt, endsAt, isCurrent }: ListedSession): Html {
  const started = `the session that began ${inWords(startedAt)}`;
  return html`
        <li>
          <div>
            <p>Began ${time(startedAt)} ${isCurrent ? html`<strong class="badge">this one</strong>` : ""}</p>
            <p class="hint">Ends ${time(endsAt)}, if it is not used</p>
          </div>
          <form method="post" action="/api/account/sessions/${handle}/end" data-next="${isCurrent ? "/" : "/account"}">
            <button class="secondary" aria-label="End ${started}${isCurrent ? ", this one" : ""}">End</button>
          </form>
        </li>`;
}

function changeForm(user: User): Html {
  return html`<form method="post" action="/api/account/password" data-next="/account" class="card" aria-labelledby="change" novalidate>
      <h2 id="change">Change your password</h2>
      <p class="under">All other sessions end when you do.</p>
      ${nameForPasswordManagers(user)}
      ${field({ name: "current", label: "Current password", autocomplete: "current-password" })}
      ${newPassword}
      <button>Change password</button>
    </form>`;
}

function setForm(user: User): Html {
  return html`<form method="post" action="/api/account/password" data-next="/account" class="card" aria-labelledby="change" novalidate>
      <h2 id="change">Set a password</h2>
      <p class="under">With your name and it you can sign in without Pocket ID.</p>
      ${nameForPasswordManagers(user)}
      ${newPassword}
      <button>Set password</button>
    </form>`;
}

const newPassword = field({
  name: "password",
  label: "New password",
  hint: "At least 8 characters.",
  autocomplete: "new-password",
});

function deletionForm(user: User, hasPassword: boolean): Html {
  return html`<form method="post" action="/api/account/delete" data-next="/" class="card" aria-labelledby="delete" novalidate>
      <h2 id="delete">Delete your account</h2>
      <p class="under">Your account and all your notes are deleted at once, for good.</p>
      ${hasPassword ? nameForPasswordManagers(user) : ""}
      ${
        hasPassword
          ? field({
              name: "confirm",
              label: "Your password, to be sure",
              autocomplete: "current-password",
            })
          : field({
              name: "confirm",
              label: "Your name, to be sure",
              autocomplete: "off",
              type: "text",
            })
      }
      <button class="danger">Delete account</button>
    </form>`;
}

function nameForPasswordManagers({ username }: User): Html {
  return html`<input type="text" autocomplete="username" value="${username}" readonly hidden>`;
}

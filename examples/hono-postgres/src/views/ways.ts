import { html } from "hono/html";
import { NAMES, type Way } from "../ways.js";
import type { Html } from "./layout.js";

interface Ways {
  readonly ways: readonly Way[];
  readonly hasProvider: boolean;
}

/** How one can sign in to this account, and what can be added to that and removed. */
export function waysCard({ ways, hasProvider }: Ways): Html {
  return html`<section class="card" aria-labelledby="ways">
      <h2 id="ways">Ways to sign in</h2>
      <p class="under">Each of them opens this account. One always stays; all other sessions end when you remove one.</p>
      <ul class="sessions">${ways.map((way) => listed(way, ways.length > 1))}</ul>
      ${hasProvider && !ways.includes("pocket-id") ? linkForm : ""}
    </section>`;
}

function listed(way: Way, canBeRemoved: boolean): Html {
  const name = NAMES[way];
  return html`
        <li>
          <p>${name}</p>
          ${
            canBeRemoved
              ? html`<form method="post" action="/api/account/ways/${way}/remove" data-next="/account">
            <button class="secondary" aria-label="Remove ${name}">Remove</button>
          </form>`
              : html`<p class="hint">Your only way</p>`
          }
        </li>`;
}

const linkForm = html`<form method="post" action="/api/account/ways/pocket-id">
        <button class="secondary">Link Pocket ID</button>
      </form>`;

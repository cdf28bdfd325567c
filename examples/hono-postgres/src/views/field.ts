import { html } from "hono/html";
import type { Html } from "./layout.js";

/** A labelled input with its hint. The script of the page adds errors to it. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly autocomplete: "username" | "current-password" | "new-password" | "off";
  readonly type?: "text" | "password";
  readonly hint?: string;
  readonly value?: string;
  readonly hasFocus?: boolean;
}

export function field({
  name,
  label,
  autocomplete,
  hint,
  value,
  hasFocus,
  ...options
}: Field): Html {
  const type = options.type ?? (autocomplete === "username" ? "text" : "password");
  return html`<div class="field">
      <label for="${name}">${label}</label>
      ${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
      <input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}"
        autocapitalize="none" spellcheck="false" value="${value ?? ""}"
        ${hint && html`aria-describedby="${name}-hint"`} ${hasFocus ? html`autofocus` : ""}>
    </div>`;
}

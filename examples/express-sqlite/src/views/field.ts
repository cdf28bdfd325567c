import { type Html, html } from "./html.js";

/** A labelled input with its hint and its error. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly autocomplete: "username" | "current-password" | "new-password";
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  /** What was typed before. Never given for a password. */
  readonly value?: string | undefined;
  readonly hasFocus?: boolean;
}

export function field(options: Field): Html {
  const { name, label, autocomplete, hint, error, value, hasFocus } = options;
  const type = autocomplete === "username" ? "text" : "password";
  const described = describedBy({ name, hint, error });
  return html`<div class="field">
      <label for="${name}">${label}</label>
      ${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}
      <input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}"
        autocapitalize="none" spellcheck="false" value="${value}"${described}${hasFocus && html` autofocus`}>
      ${errorText(name, error)}
    </div>`;
}

/** Ties a field to its hint and its error, for those who hear the page. */
export function describedBy({ name, hint, error }: Pick<Field, "name" | "hint" | "error">): Html {
  const ids = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(" ");
  return html`${ids && html` aria-describedby="${ids}"`}${error && html` aria-invalid="true"`}`;
}

export function errorText(name: string, error: string | undefined): Html | undefined {
  return error ? html`<p class="error" id="${name}-error">${error}</p>` : undefined;
}

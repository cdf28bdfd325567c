/** HTML that is safe to send: it was written in a template, or escaped when it was put into one. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What can be put into a template. `false`, `null` and `undefined` leave nothing behind. */
export type Content = Html | string | number | false | null | undefined | readonly Content[];

/**
 * Makes HTML of a template. Whatever is put into it is escaped, unless it was made by `html` itself.
 *
 * @example
 * ```ts
 * html`<p title="${note.title}">${note.body}</p>`;
 * ```
 */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return new Html(String.raw({ raw: strings.raw }, ...contents.map(render)));
}

function render(content: Content): string {
  if (content instanceof Html) return content.toString();
  if (typeof content === "string" || typeof content === "number")
    return escapeText(String(content));
  return content ? content.map(render).join("") : "";
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");
}

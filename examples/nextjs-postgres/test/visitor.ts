/** What the site answered. */
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The path that a redirect leads to. */
  readonly location: string | undefined;
}

/** Asks the site as a browser without JavaScript does, and keeps cookies. */
export class Visitor {
  readonly cookies = new Map<string, string>();
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  get session(): string | undefined {
    return this.cookies.get("auth_session");
  }

  get(path: string): Promise<Answer> {
    return this.#ask(path, {});
  }

  /** Opens a page, and sends the form on it that has this button, with these fields. */
  async submit(
    path: string,
    button: string,
    fields: Record<string, string> = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    return this.post(path, await this.fillIn(path, button, fields), headers);
  }

  /** Opens a page, and fills in the form on it that has this button. */
  async fillIn(
    path: string,
    button: string,
    fields: Record<string, string> = {},
  ): Promise<FormData> {
    const { status, text } = await this.get(path);
    const forms = text.match(/<form.*?<\/form>/gs) ?? [];
    const form = forms.find((html) => html.includes(button));
    if (!form)
      throw new Error(
        `There is no form with the button "${button}" on ${path}, which has the status ${status}.`,
      );
    const data = new FormData();
    for (const [input] of form.matchAll(/<input type="hidden"[^>]*>/g)) {
      data.append(attribute(input, "name"), attribute(input, "value"));
    }
    for (const [name, value] of Object.entries(fields)) data.append(name, value);
    return data;
  }

  /** Posts a form as it is sent from the site's own page, unless `headers` say otherwise: an empty origin is none. */
  post(path: string, body: FormData, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#ask(path, { method: "POST", body, headers: { Origin: this.#url, ...headers } });
  }

  async #ask(path: string, init: RequestInit): Promise<Answer> {
    const headers = new Headers(init.headers);
    if (headers.get("Origin") === "") headers.delete("Origin");
    headers.set("Cookie", [...this.cookies].map((pair) => pair.join("=")).join("; "));
    const response = await fetch(this.#url + path, { ...init, headers, redirect: "manual" });
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    const location = response.headers.get("Location");
    return {
      status: response.status,
      headers: response.headers,
      text: await response.text(),
      location: location === null ? undefined : new URL(location, this.#url).pathname,
    };
  }

  #keep(cookie: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (value === "") this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

function attribute(tag: string, name: string): string {
  const text = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
  return text.replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}

/** Signs up and returns the visitor, who is signed in then. */
export async function signedUp(url: string, username: string): Promise<Visitor> {
  const visitor = new Visitor(url);
  const account = { username, password: "correct horse" };
  const { status } = await visitor.submit("/sign-up", "Sign up", account);
  if (status !== 303) throw new Error(`The sign-up of ${username} was answered with ${status}.`);
  return visitor;
}

/** What the site answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Where a redirect leads. */
  readonly location: string | null;
}

/** Asks the site without a browser, and keeps cookies as one would. */
export class Visitor {
  readonly #url: string;
  readonly #cookies = new Map<string, string>();

  constructor(url: string) {
    this.#url = url;
  }

  get session(): string | undefined {
    return this.#cookies.get("auth_session");
  }

  get(path: string): Promise<Answer> {
    return this.#ask(path, {});
  }

  /** Posts a form from the site's own page, unless `headers` say otherwise. */
  post(
    path: string,
    form: Record<string, string> = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const own = { Origin: this.#url, Accept: "text/html", ...headers };
    return this.#ask(path, { method: "POST", body: new URLSearchParams(form), headers: own });
  }

  async #ask(path: string, init: RequestInit): Promise<Answer> {
    const headers = new Headers(init.headers);
    headers.set("Cookie", [...this.#cookies].map((pair) => pair.join("=")).join("; "));
    const response = await fetch(this.#url + path, { ...init, headers, redirect: "manual" });
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    return {
      status: response.status,
      headers: response.headers,
      text: await response.text(),
      location: response.headers.get("Location"),
    };
  }

  #keep(cookie: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (value === "") this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}

export const PASSWORD = "correct horse";

/** Signs up and returns the visitor, who is signed in then. */
export async function signedUp(url: string, username: string): Promise<Visitor> {
  const visitor = new Visitor(url);
  const form = { username, email: emailOf(username), password: PASSWORD };
  const { status } = await visitor.post("/sign-up", form);
  if (status !== 303) throw new Error(`The sign-up of ${username} was answered with ${status}.`);
  return visitor;
}

export const emailOf = (username: string): string => `${username}@example.com`;

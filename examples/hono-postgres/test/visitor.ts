/** What the site answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Of an answer of the API that is a refusal. */
  readonly error: { code: string; message: string; fields: Record<string, string> } | undefined;
  /** Where a redirect leads. */
  readonly location: string | null;
}

/** Asks the site without a browser, and keeps cookies as one would. */
export class Visitor {
  readonly #url: string;
  readonly #origin: string;
  readonly #cookies = new Map<string, string>();

  constructor(url: string, origin = url) {
    this.#url = url;
    this.#origin = origin;
  }

  get session(): string | undefined {
    return this.#cookies.get("auth_session");
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#ask(path, { headers });
  }

  /** Calls the API from the site's own page, unless `headers` say otherwise. */
  post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#ask(path, {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
      headers: { "Content-Type": "application/json", Origin: this.#origin, ...headers },
    });
  }

  async #ask(path: string, init: RequestInit): Promise<Answer> {
    const headers = new Headers(init.headers);
    headers.set("Cookie", [...this.#cookies].map((pair) => pair.join("=")).join("; "));
    const response = await fetch(this.#url + path, { ...init, headers, redirect: "manual" });
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    const text = await response.text();
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    return {
      status: response.status,
      headers: response.headers,
      text,
      error: isJson ? JSON.parse(text).error : undefined,
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

export const someName = () => `user-${Math.random().toString(36).slice(2)}`;

/** Signs up and returns the visitor, who is signed in then. */
export async function signedUp(url: string, username: string, origin = url): Promise<Visitor> {
  const visitor = new Visitor(url, origin);
  const { status } = await visitor.post("/api/sign-up", { username, password: PASSWORD });
  if (status !== 201) throw new Error(`The sign-up of ${username} was answered with ${status}.`);
  return visitor;
}

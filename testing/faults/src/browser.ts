import { type Cookie, SESSION_COOKIE_NAME } from "lucia-auth";
import type { App } from "./app.js";

/** Somebody is not signed in any more, or as somebody else. */
export class SignedOutError extends Error {}

/** Somebody who is signed in, and keeps the session cookie from one request to the next. */
export class Browser {
  readonly #auth: App["auth"];
  readonly #username: string;
  #cookie: string;

  constructor(auth: App["auth"], username: string, sessionId: string) {
    this.#auth = auth;
    this.#username = username;
    this.#cookie = sessionId;
  }

  /**
   * A request, in which the app asks who is signed in.
   *
   * @throws SignedOutError where somebody else is, or the cookie was cleared, whatever else went wrong
   */
  async visit(): Promise<void> {
    const request = this.#auth.handleRequest({
      request: {
        method: "GET",
        url: "http://localhost/",
        headers: { origin: null, cookie: `${SESSION_COOKIE_NAME}=${this.#cookie}` },
      },
      setCookie: ({ value }: Cookie) => {
        this.#cookie = value;
      },
    });
    try {
      const { user } = await request.validateUser();
      if (user?.username !== this.#username) {
        throw new SignedOutError(`${user?.username} is signed in, not ${this.#username}.`);
      }
    } finally {
      // biome-ignore lint/correctness/noUnsafeFinally: it is the worse of the two errors
      if (this.#cookie === "") throw new SignedOutError("The cookie was cleared.");
    }
  }
}

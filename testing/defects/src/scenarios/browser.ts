import { type Cookie, SESSION_COOKIE_NAME } from "lucia-auth";
import type { Wiring } from "../wirings/wiring.js";

/** Keeps the session cookie from one request to the next, as it is told to. */
export class Browser {
  /** How often it was told to forget the cookie. */
  cleared = 0;
  readonly #auth: Wiring["auth"];
  #cookie: string;

  constructor({ auth }: Pick<Wiring, "auth">, sessionId: string) {
    this.#auth = auth;
    this.#cookie = sessionId;
  }

  request(): ReturnType<Wiring["auth"]["handleRequest"]> {
    return this.#auth.handleRequest({
      request: {
        method: "GET",
        url: "http://localhost/",
        headers: {
          origin: null,
          cookie: this.#cookie && `${SESSION_COOKIE_NAME}=${this.#cookie}`,
        },
      },
      setCookie: ({ value }: Cookie) => {
        this.#cookie = value;
        if (value === "") this.cleared += 1;
      },
    });
  }
}

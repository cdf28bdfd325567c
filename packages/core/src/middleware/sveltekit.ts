import type { Cookie, Middleware } from "lucia-auth";

/**
 * What is read of SvelteKit's `RequestEvent`. Described here, so that no version of SvelteKit's types is
 * needed.
 */
export interface SvelteKitEvent {
  readonly request: {
    readonly url: string;
    readonly method: string;
    readonly headers: { get(name: string): string | null };
  };
  readonly cookies: {
    set(name: string, value: string, options: Cookie["attributes"] & { path: string }): void;
  };
}

/**
 * Lucia's middleware for SvelteKit, in place of the one in `lucia-auth/middleware`, which is for
 * SvelteKit 1: since version 2 each cookie needs a path. That one does not compile there, and with a
 * `sessionCookie` that names no path SvelteKit refuses the cookie, which Lucia keeps to itself: nobody is
 * ever signed in, and nothing says why. Here it then is `/`.
 *
 * SvelteKit's adapter says to which address a request was sent. The one for Node takes it for HTTPS unless
 * `ORIGIN` is set, and every form counts as sent from elsewhere.
 *
 * @example
 * ```ts
 * const { auth } = kyselyLucia({ lucia: { env: "PROD", middleware: sveltekit() }, … });
 * export const handle = ({ event, resolve }) => {
 *   event.locals.auth = auth.handleRequest(event);
 *   return resolve(event);
 * };
 * ```
 */
export const sveltekit = (): Middleware<[event: SvelteKitEvent]> => (event) => ({
  request: {
    url: event.request.url,
    method: event.request.method,
    headers: {
      origin: event.request.headers.get("Origin"),
      cookie: event.request.headers.get("Cookie"),
    },
  },
  setCookie: ({ name, value, attributes }) => {
    event.cookies.set(name, value, { ...attributes, path: attributes.path ?? "/" });
  },
});

import type { Middleware } from "lucia-auth";
import { addressOf } from "./address.js";

/**
 * What is read of an Express 4 or 5 request. Described here, so that no version of Express's types
 * is needed.
 */
export interface ExpressRequest {
  readonly method: string;
  readonly protocol: string;
  readonly originalUrl: string;
  readonly headers: {
    readonly host?: string | undefined;
    readonly origin?: string | undefined;
    readonly cookie?: string | undefined;
    readonly "x-forwarded-host"?: string | string[] | undefined;
  };
  readonly socket: { readonly remoteAddress?: string | undefined };
  readonly app: { get(setting: string): unknown };
}

/** What is used of an Express response: it sets a cookie. */
export interface ExpressResponse {
  cookie(name: string, value: string, options: object): unknown;
}

/**
 * Lucia's middleware for Express 4 and 5, in place of the one in `lucia-auth/middleware`, which loses
 * the port: with that one a form posted to `http://localhost:3000` fails the origin check, and the
 * user appears to be signed out.
 *
 * Behind a proxy, Express's own `trust proxy` setting decides whether `X-Forwarded-Host` and
 * `X-Forwarded-Proto` are believed.
 *
 * @example
 * ```ts
 * const { auth } = kyselyLucia({ lucia: { env: "PROD", middleware: express() }, … });
 * app.get("/", async (request, response) => {
 *   const { user } = await auth.handleRequest(request, response).validateUser();
 * });
 * ```
 */
export const express =
  (): Middleware<[request: ExpressRequest, response: ExpressResponse]> => (request, response) => ({
    request: {
      url: addressOf(request.protocol, requestedHost(request), request.originalUrl),
      method: request.method,
      headers: {
        origin: request.headers.origin ?? null,
        cookie: request.headers.cookie ?? null,
      },
    },
    setCookie: (cookie) => {
      response.cookie(cookie.name, cookie.value, cookie.attributes);
    },
  });

/**
 * The host with its port, as the browser asked for it. Express 4 has no property that says it, so its
 * compiled `trust proxy` setting is asked, as Express does itself.
 */
function requestedHost({ app, headers, socket }: ExpressRequest): string {
  const trusts = app.get("trust proxy fn");
  const forwarded = headers["x-forwarded-host"];
  if (forwarded && typeof trusts === "function" && trusts(socket.remoteAddress, 0)) {
    return String(forwarded).split(",", 1)[0]?.trim() ?? "";
  }
  return headers.host ?? "";
}

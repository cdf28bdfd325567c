import type { Middleware } from "lucia-auth";
import { addressOf } from "./address.js";

/** What is read of a request of `node:http`, `node:https` or `node:http2`. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: {
    readonly host?: string | undefined;
    readonly ":authority"?: string | undefined;
    readonly origin?: string | undefined;
    readonly cookie?: string | undefined;
  };
  /** That of `node:tls` has the property `encrypted`. */
  readonly socket: object;
}

/** What is used of a response of `node:http`, `node:https` or `node:http2`: its `Set-Cookie` header. */
export interface NodeResponse {
  getHeader(name: "Set-Cookie"): number | string | readonly string[] | undefined;
  setHeader(name: "Set-Cookie", value: readonly string[]): unknown;
}

/**
 * Lucia's middleware for servers of Node.js itself, in place of the one in `lucia-auth/middleware`, which
 * takes the `Set-Cookie` headers of the app apart at every comma, such as the one in `Expires=Thu, 01 …`.
 *
 * A request counts as sent over HTTPS where its connection is encrypted, and with `env: "PROD"`, where a
 * proxy is expected to see to it.
 *
 * @example
 * ```ts
 * const { auth } = kyselyLucia({ lucia: { env: "PROD", middleware: node() }, … });
 * createServer(async (request, response) => {
 *   const { user } = await auth.handleRequest(request, response).validateUser();
 *   response.end(user ? "Welcome back" : "Please sign in");
 * });
 * ```
 */
export const node =
  (): Middleware<[request: NodeRequest, response: NodeResponse]> => (request, response, env) => {
    const { headers } = request;
    const protocol = "encrypted" in request.socket || env === "PROD" ? "https" : "http";
    const host = headers[":authority"] ?? headers.host ?? "";
    return {
      request: {
        url: addressOf(protocol, host, request.url ?? ""),
        method: request.method ?? "",
        headers: { origin: headers.origin ?? null, cookie: headers.cookie ?? null },
      },
      setCookie: (cookie) => {
        const others = response.getHeader("Set-Cookie") ?? [];
        // Last, so that of two cookies of this name the newer one counts.
        response.setHeader("Set-Cookie", [
          ...(Array.isArray(others) ? others : [String(others)]),
          cookie.serialize(),
        ]);
      },
    };
  };

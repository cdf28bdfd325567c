import { type Env, type Middleware, type RequestContext, SESSION_COOKIE_NAME } from "lucia-auth";
import { addressOf } from "./address.js";
import type { ReadOnlyContext } from "./read-only.js";

/** What is read of a request's cookies: of `await cookies()`, and of `request.cookies`. */
export interface NextReadableCookies {
  get(name: string): { readonly value: string } | undefined;
}

/** What sets cookies: `await cookies()` in a server action or a route handler, and `response.cookies`. */
export interface NextWritableCookies {
  set(name: string, value: string, attributes: object): unknown;
}

/** What is read of `await headers()`, and of `request.headers`. */
export interface NextHeaders {
  get(name: string): string | null;
}

/** What is read of the request that a route handler is given. */
export interface NextRequest {
  readonly method: string;
  readonly headers: NextHeaders;
}

/** What `handleRequest` takes: in a server component, a server action, a route handler, and in `proxy.ts`. */
export type NextContext =
  | { cookies: NextReadableCookies; headers?: undefined; request?: undefined; response?: undefined }
  | { cookies: NextCookies; headers: NextHeaders; request?: undefined; response?: undefined }
  | { cookies: NextCookies; headers?: undefined; request: NextRequest; response?: undefined }
  | {
      cookies?: undefined;
      headers?: undefined;
      request: NextRequest & { readonly cookies: NextReadableCookies };
      response: { readonly cookies: NextWritableCookies };
    };

type NextCookies = NextReadableCookies & NextWritableCookies;

/**
 * Lucia's middleware for the App Router of Next.js 15 and later, in place of the one in `lucia-auth/middleware`,
 * which calls `cookies()` itself and takes the promise for the cookies, renews sessions where the new cookie
 * cannot be sent, checks no origin of a server action, and sets no cookie in `proxy.ts`.
 *
 * A server component cannot set cookies: an idle session is not renewed there. `proxy.ts`, which is run before,
 * can do it. With `env: "PROD"` the site is taken for one of HTTPS, else `X-Forwarded-Proto` says what it is.
 * `X-Forwarded-Host` is believed, as Next.js itself does it for server actions.
 *
 * @example
 * ```ts
 * auth.handleRequest({ cookies: await cookies() }); // a server component
 * auth.handleRequest({ cookies: await cookies(), headers: await headers() }); // a server action
 * auth.handleRequest({ cookies: await cookies(), request }); // a route handler
 * auth.handleRequest({ request, response }); // proxy.ts, with a response by NextResponse
 * ```
 */
export const nextjs = (): Middleware<[context: NextContext]> => (context, env) => {
  const stored = (context.cookies ?? context.request.cookies).get(SESSION_COOKIE_NAME)?.value;
  const cookie = stored ? `${SESSION_COOKIE_NAME}=${encodeURIComponent(stored)}` : null;
  if (context.request) {
    const { method, headers } = context.request;
    const writable = context.response ? context.response.cookies : context.cookies;
    return toContext(method, headers, cookie, writable, env);
  }
  // Only a POST calls a server action.
  if (context.headers) return toContext("POST", context.headers, cookie, context.cookies, env);
  return toReadOnlyContext(cookie);
};

function toContext(
  method: string,
  headers: NextHeaders,
  cookie: string | null,
  writable: NextWritableCookies,
  env: Env,
): RequestContext {
  const protocol = env === "PROD" ? "https" : (firstOf(headers, "x-forwarded-proto") ?? "http");
  const host = firstOf(headers, "x-forwarded-host") ?? headers.get("host") ?? "";
  return {
    request: {
      url: addressOf(protocol, host, "/"),
      method,
      headers: { origin: headers.get("origin"), cookie },
    },
    setCookie: ({ name, value, attributes }) => {
      writable.set(name, value, attributes);
    },
  };
}

function toReadOnlyContext(cookie: string | null): ReadOnlyContext {
  return {
    request: { url: "", method: "GET", headers: { origin: null, cookie } },
    setCookie: () => {},
    readOnly:
      "handleRequest was given { cookies } alone, as in a server component, which cannot set cookies. In a server " +
      "action call handleRequest({ cookies, headers }), in a route handler handleRequest({ cookies, request }), in " +
      "proxy.ts handleRequest({ request, response }).",
  };
}

/** Of several proxies, the first one was asked by the browser. */
function firstOf(headers: NextHeaders, name: string): string | undefined {
  return headers.get(name)?.split(",", 1)[0]?.trim();
}

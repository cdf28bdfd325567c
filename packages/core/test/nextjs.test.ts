import { createRequire } from "node:module";
import { Cookie, type Env } from "lucia-auth";
import { describe, expect, test } from "vitest";
import { type NextContext, nextjs } from "../src/index.js";
import { isReadOnly } from "../src/middleware/read-only.js";

interface Cookies {
  get(name: string): { readonly value: string } | undefined;
  set(name: string, value: string, attributes: object): unknown;
}

const require = createRequire(import.meta.url);

/**
 * The real ones. An import would bring the types of Next.js, and with them those of React and empty ones of the
 * browser's, for everything that is compiled together with this.
 */
const { NextRequest, NextResponse } = require("next/server") as {
  NextRequest: new (url: string, init: RequestInit) => Request & { readonly cookies: Cookies };
  NextResponse: {
    new (): Response & { readonly cookies: Cookies };
    next(): Response & { readonly cookies: Cookies };
  };
};

const SESSION = "s".repeat(40);
const cookie = new Cookie("auth_session", SESSION, { httpOnly: true, path: "/", sameSite: "lax" });

/** A request as Next.js hands it to `proxy.ts` and to route handlers. */
function request(headers: Record<string, string> = {}, method = "POST") {
  return new NextRequest("http://localhost:3000/a?b=c", {
    method,
    headers: { host: "127.0.0.1:3000", ...headers },
  });
}

type Asked = ReturnType<typeof request>;

const contextOf = (context: NextContext, env: Env = "DEV") => nextjs()(context, env);

/** The places where cookies can be set, each for the same request, and what they answer with. */
const writable = {
  "a server action": (asked: Asked) => {
    const { cookies } = new NextResponse();
    const store = {
      get: (name: string) => asked.cookies.get(name),
      set: cookies.set.bind(cookies),
    };
    return { context: { cookies: store, headers: asked.headers }, set: cookies };
  },
  "a route handler": (asked: Asked) => {
    const { cookies } = new NextResponse();
    const store = {
      get: (name: string) => asked.cookies.get(name),
      set: cookies.set.bind(cookies),
    };
    return { context: { cookies: store, request: asked }, set: cookies };
  },
  "proxy.ts": (asked: Asked) => {
    const response = NextResponse.next();
    return { context: { request: asked, response }, set: response.cookies };
  },
} as const;

describe.each(Object.entries(writable))("in %s", (_place, open) => {
  const ask = (headers?: Record<string, string>, env?: Env) =>
    contextOf(open(request(headers)).context, env).request;

  test("the address is the one that was asked for, with its port", () => {
    expect(ask()).toMatchObject({ url: "http://127.0.0.1:3000/", method: "POST" });
  });

  test("the origin and the session's cookie are passed on, or null", () => {
    const headers = { origin: "https://example.com", cookie: `a=b; auth_session=${SESSION}` };
    expect(ask(headers).headers).toEqual({
      origin: "https://example.com",
      cookie: `auth_session=${SESSION}`,
    });
    expect(ask().headers).toEqual({ origin: null, cookie: null });
  });

  test("a cookie that holds more than an id stays one value", () => {
    const { headers } = ask({ cookie: "auth_session=a%3B%20auth_session%3Db" });
    expect(headers.cookie).toBe("auth_session=a%3B%20auth_session%3Db");
  });

  test("a cookie is set with its attributes", () => {
    const { context, set } = open(request());
    contextOf(context).setCookie(cookie);
    expect(set.get("auth_session")).toMatchObject({
      value: SESSION,
      httpOnly: true,
      path: "/",
      sameSite: "lax",
    });
  });

  test("in production the address is one of HTTPS, which a proxy sees to", () => {
    const headers = { host: "app.example", "x-forwarded-proto": "http" };
    expect(ask(headers, "PROD")).toMatchObject({ url: "https://app.example/" });
  });

  test("the first of several proxies says what was asked for", () => {
    const headers = {
      "x-forwarded-host": "first.example:8443 , second.example",
      "x-forwarded-proto": "https,http",
    };
    expect(ask(headers)).toMatchObject({ url: "https://first.example:8443/" });
  });

  test.each([
    ["an empty host", { "x-forwarded-host": ", b" }],
    ["a host with a path", { "x-forwarded-host": "evil.example/?" }],
    ["a protocol that is none of HTTP's", { "x-forwarded-proto": "http://evil.example/?" }],
  ])("%s makes no address, so that no form passes the check of its origin", (_title, headers) => {
    expect(ask(headers)).toMatchObject({ url: "" });
  });

  test("is not read-only", () => {
    expect(isReadOnly(contextOf(open(request()).context))).toBe(false);
  });
});

test.each(["GET", "HEAD", "POST", "DELETE"])("a route handler's %s is told as it is", (method) => {
  const { context } = writable["a route handler"](request({}, method));
  expect(contextOf(context).request.method).toBe(method);
});

test("a server component only reads", () => {
  const { cookies } = request({ cookie: `auth_session=${SESSION}` });
  const context = contextOf({ cookies });
  expect(context.request).toEqual({
    url: "",
    method: "GET",
    headers: { origin: null, cookie: `auth_session=${SESSION}` },
  });
  expect(isReadOnly(context)).toBe(true);
});

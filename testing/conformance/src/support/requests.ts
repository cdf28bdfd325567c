import { type Cookie, SESSION_COOKIE_NAME } from "lucia-auth";
import type { Started } from "../context.js";

/** A request with a session cookie, and the cookies that its answer sets. */
export function requestWith(
  { auth }: Pick<Started, "auth">,
  sessionId: string | null,
  headers = {},
  context = {},
) {
  const cookies: Cookie[] = [];
  const cookie = sessionId === null ? null : `${SESSION_COOKIE_NAME}=${sessionId}`;
  const request = auth.handleRequest({
    request: {
      method: "GET",
      url: "http://localhost:3000/",
      headers: { origin: null, cookie },
      ...headers,
    },
    setCookie: (set) => {
      cookies.push(set);
    },
    ...context,
  });
  return { request, cookies, values: () => cookies.map(({ value }) => value) };
}

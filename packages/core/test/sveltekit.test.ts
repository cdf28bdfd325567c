import { Cookie } from "lucia-auth";
import { expect, test } from "vitest";
import { type SvelteKitEvent, sveltekit } from "../src/index.js";

type Options = Parameters<SvelteKitEvent["cookies"]["set"]>[2];

/** An event as SvelteKit 2 makes it of a request: it refuses a cookie without a path. */
function eventOf(request: Request) {
  const set: { name: string; value: string; options: Options }[] = [];
  const cookies = {
    set: (name: string, value: string, options: Options) => {
      if (options.path === undefined) throw new Error("You must specify a `path`");
      set.push({ name, value, options });
    },
  };
  return { set, context: sveltekit()({ request, cookies }, "DEV") };
}

const url = "http://127.0.0.1:3000/notes?/add";

test("the address, the origin and the cookies of a request are passed on", () => {
  const headers = { Origin: "http://127.0.0.1:3000", Cookie: "auth_session=id" };
  const { context } = eventOf(new Request(url, { method: "POST", headers }));
  expect(context.request).toEqual({
    url,
    method: "POST",
    headers: { origin: "http://127.0.0.1:3000", cookie: "auth_session=id" },
  });
});

test("what a request does not say is null", () => {
  const { context } = eventOf(new Request(url));
  expect(context.request).toEqual({ url, method: "GET", headers: { origin: null, cookie: null } });
});

test("a cookie keeps all that Lucia says of it", () => {
  const { set, context } = eventOf(new Request(url));
  const attributes = {
    httpOnly: true,
    secure: false,
    sameSite: "lax",
    path: "/app",
    expires: new Date("2099-01-01T00:00:00Z"),
  } as const;
  context.setCookie(new Cookie("auth_session", "id", attributes));
  expect(set).toEqual([{ name: "auth_session", value: "id", options: attributes }]);
});

test("a cookie of a configuration that names no path is for the whole site", () => {
  const { set, context } = eventOf(new Request(url));
  context.setCookie(new Cookie("auth_session", "id", { sameSite: "strict" }));
  expect(set).toMatchObject([{ options: { sameSite: "strict", path: "/" } }]);
});

import { once } from "node:events";
import { type IncomingHttpHeaders, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import express5, { type Express } from "express";
import express4 from "express4";
import { Cookie } from "lucia-auth";
import { describe, expect, onTestFinished, test } from "vitest";
import { express } from "../src/index.js";

/** Sends a request to a real server and returns what Lucia is told about it, and the response. */
async function ask(app: Express, headers: Record<string, string> = {}) {
  app.use("/mounted", (request, response) => {
    const context = express()(request, response, "PROD");
    context.setCookie(new Cookie("auth_session", "id", { httpOnly: true, path: "/" }));
    response.json(context.request);
  });
  const server = app.listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const outgoing = send({
    host: "127.0.0.1",
    port,
    path: "/mounted/a?b=c",
    method: "POST",
    headers,
  });
  outgoing.end();
  const [response] = await once(outgoing, "response");
  const setCookie = (response.headers as IncomingHttpHeaders)["set-cookie"];
  return { port, setCookie, request: await json(response) };
}

describe.each([
  ["Express 5", express5],
  ["Express 4", express4 as typeof express5],
])("%s", (_version, createApp) => {
  test("D14: the address of a request keeps its port and its path", async () => {
    const { port, request } = await ask(createApp());
    expect(request).toMatchObject({
      url: `http://127.0.0.1:${port}/mounted/a?b=c`,
      method: "POST",
    });
  });

  test("the origin and the cookies of a request are passed on, or null", async () => {
    const headers = { origin: "https://example.com", cookie: "auth_session=id" };
    expect(await ask(createApp(), headers)).toMatchObject({ request: { headers } });
    expect(await ask(createApp())).toMatchObject({
      request: { headers: { origin: null, cookie: null } },
    });
  });

  test("a cookie is set through Express", async () => {
    const { setCookie } = await ask(createApp());
    expect(setCookie).toEqual(["auth_session=id; Path=/; HttpOnly"]);
  });

  const forwarded = { "x-forwarded-host": "app.example:8443", "x-forwarded-proto": "https" };

  test("forwarded headers are not believed unless Express trusts the proxy", async () => {
    const { port, request } = await ask(createApp(), forwarded);
    expect(request).toMatchObject({ url: `http://127.0.0.1:${port}/mounted/a?b=c` });
  });

  test("behind a trusted proxy the address is the one that the browser asked for", async () => {
    const app = createApp().set("trust proxy", "loopback");
    const { request } = await ask(app, forwarded);
    expect(request).toMatchObject({ url: "https://app.example:8443/mounted/a?b=c" });
  });

  test("the first of several trusted proxies names the host", async () => {
    const app = createApp().set("trust proxy", true);
    const { request } = await ask(app, { "x-forwarded-host": "first.example , second.example" });
    expect(request).toMatchObject({ url: "http://first.example/mounted/a?b=c" });
  });

  test("a trusted proxy that forwards no host leaves the one of the request", async () => {
    const { port, request } = await ask(createApp().set("trust proxy", true));
    expect(request).toMatchObject({ url: `http://127.0.0.1:${port}/mounted/a?b=c` });
  });

  test.each([
    ["an empty host", { "x-forwarded-host": ", b" }],
    ["a host with a path", { "x-forwarded-host": "evil.example/?" }],
    ["a protocol that is none of HTTP's", { "x-forwarded-proto": "http://evil.example/?" }],
    ["a protocol that ends like one of HTTP's", { "x-forwarded-proto": "ahttps" }],
  ])(
    "%s makes no address, so that no form passes the check of its origin",
    async (_title, headers) => {
      const { request } = await ask(createApp().set("trust proxy", true), headers);
      expect(request).toMatchObject({ url: "" });
    },
  );
});

import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type RequestOptions,
  type ServerResponse,
  request as send,
} from "node:http";
import http2 from "node:http2";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { Cookie, type Env } from "lucia-auth";
import { expect, onTestFinished, test } from "vitest";
import { node } from "../src/index.js";

/** With a comma, as every date of a cookie has one. */
const OWN = "theme=dark; Path=/; Expires=Thu, 01 Jan 2099 00:00:00 GMT";
const ours = new Cookie("auth_session", "id", {
  httpOnly: true,
  path: "/",
  expires: new Date("2099-01-01T00:00:00Z"),
});
const OURS = "auth_session=id; Path=/; Expires=Thu, 01 Jan 2099 00:00:00 GMT; HttpOnly";

/** Sends a request to a real server and returns what Lucia is told about it, and the cookies that are set. */
async function ask({
  before = () => {},
  env = "DEV",
  ...options
}: RequestOptions & { before?: (response: ServerResponse) => void; env?: Env } = {}) {
  const server = createServer((request, response) => {
    before(response);
    const context = node()(request, response, env);
    context.setCookie(ours);
    response.end(JSON.stringify(context.request));
  });
  onTestFinished(() => void server.close());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const outgoing = send({ host: "127.0.0.1", port, path: "/a?b=c", method: "POST", ...options });
  outgoing.end();
  const [response] = (await once(outgoing, "response")) as [IncomingMessage];
  return { port, cookies: response.headers["set-cookie"], request: await json(response) };
}

test("D26: cookies that the app has set itself pass as they are", async () => {
  const second = "lang=en; Expires=Thu, 01 Jan 2099 00:00:00 GMT";
  const set = (value: string | string[]) =>
    ask({ before: (response) => void response.setHeader("Set-Cookie", value) });
  expect((await set(OWN)).cookies).toEqual([OWN, OURS]);
  expect((await set([OWN, second])).cookies).toEqual([OWN, second, OURS]);
  expect((await ask()).cookies).toEqual([OURS]);
});

test("the address of a request has its port and its path", async () => {
  const { port, request } = await ask();
  expect(request).toMatchObject({ url: `http://127.0.0.1:${port}/a?b=c`, method: "POST" });
});

test("in production the address is one of HTTPS, which a proxy sees to", async () => {
  const { request } = await ask({ env: "PROD", headers: { host: "app.example" } });
  expect(request).toMatchObject({ url: "https://app.example/a?b=c" });
});

test("over an encrypted connection the address is one of HTTPS", async () => {
  // Keys are agreed upon without a certificate, which Lucia is not asked about.
  const anonymous = { ciphers: "aNULL:@SECLEVEL=0", maxVersion: "TLSv1.2" } as const;
  const server = https.createServer(anonymous, (request, response) => {
    response.end(JSON.stringify(node()(request, response, "DEV").request));
  });
  onTestFinished(() => void server.close());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const outgoing = https.get({
    ...anonymous,
    host: "127.0.0.1",
    port,
    path: "/a",
    rejectUnauthorized: false,
  });
  const [response] = (await once(outgoing, "response")) as [IncomingMessage];
  expect(await json(response)).toMatchObject({ url: `https://127.0.0.1:${port}/a` });
});

test("the origin and the cookies of a request are passed on, or null", async () => {
  const headers = { origin: "https://example.com", cookie: "auth_session=id" };
  expect((await ask({ headers })).request).toMatchObject({ headers });
  expect((await ask()).request).toMatchObject({ headers: { origin: null, cookie: null } });
});

test.each(["a b", "evil.example/?", "a@b"])(
  "the host %j makes no address, so that no form passes the check of its origin",
  async (host) => {
    expect((await ask({ headers: { host } })).request).toMatchObject({ url: "" });
  },
);

test("a request that names a whole address in place of a path makes none", async () => {
  const headers = { host: "localhost", origin: "http://localhosthttp" };
  const { request } = await ask({ path: "http://evil.example/a", headers });
  expect(request).toMatchObject({ url: "" });
});

test("a connection of HTTP/2 names its host in another way", async () => {
  const server = http2.createServer((request, response) => {
    const context = node()(request, response, "DEV");
    context.setCookie(ours);
    response.end(JSON.stringify(context.request));
  });
  onTestFinished(() => void server.close());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const client = http2.connect(`http://127.0.0.1:${port}`);
  onTestFinished(() => client.destroy());
  const stream = client.request({ ":path": "/a", ":method": "POST" });
  stream.end();
  const [headers] = await once(stream, "response");
  expect(headers["set-cookie"]).toEqual([OURS]);
  expect(await json(stream)).toMatchObject({ url: `http://127.0.0.1:${port}/a` });
});

import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";

/** Where a site is on the web that listens on 127.0.0.1 itself. */
export const PUBLIC_ORIGIN = "https://notes.test";

/** The way by which browsers reach a site. */
export interface Proxy {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * A proxy in front of a site, for which all comes by HTTPS. To the browser there is no TLS: it trusts 127.0.0.1 as
 * much, and keeps cookies there that are for HTTPS only.
 */
export async function startHttpsProxy(siteUrl: string): Promise<Proxy> {
  const server = createServer((incoming, outgoing) => {
    forward(incoming, outgoing, siteUrl).catch((error) => outgoing.destroy(error));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function forward(incoming: IncomingMessage, outgoing: ServerResponse, siteUrl: string) {
  const ownOrigin = `http://${incoming.headers.host}`;
  const { host } = new URL(PUBLIC_ORIGIN);
  const { origin, referer, ...headers } = incoming.headers;
  const asked = request(new URL(incoming.url ?? "/", siteUrl), {
    method: incoming.method,
    headers: {
      ...headers,
      ...(origin && { origin: origin.replace(ownOrigin, PUBLIC_ORIGIN) }),
      ...(referer && { referer: referer.replace(ownOrigin, PUBLIC_ORIGIN) }),
      host,
      "x-forwarded-host": host,
      "x-forwarded-proto": "https",
    },
  });
  const answered = once(asked, "response");
  await pipeline(incoming, asked);
  const [answer]: IncomingMessage[] = await answered;
  if (!answer) throw new Error(`${siteUrl} has not answered.`);
  const { location } = answer.headers;
  outgoing.writeHead(answer.statusCode ?? 502, {
    ...answer.headers,
    ...(location && { location: location.replace(PUBLIC_ORIGIN, ownOrigin) }),
  });
  await pipeline(answer, outgoing);
}

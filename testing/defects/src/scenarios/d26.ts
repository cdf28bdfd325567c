import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SESSION_COOKIE_NAME } from "lucia-auth";
import { many, type Scenario } from "./scenario.js";

const OWN_COOKIES = [
  "theme=dark; Path=/; Expires=Wed, 21 Oct 2037 07:28:00 GMT",
  "language=en; Path=/; Expires=Thu, 22 Oct 2037 07:28:00 GMT",
];

/** A real server of Node's that sets cookies of its own, and then the one of a session. */
export const d26: Scenario<{
  ownCookiesIntact: number;
  sessionCookies: number;
  otherCookies: number;
}> = {
  id: "D26",
  luciaAlone: true,

  run: async (wiring) => {
    const { userId } = await wiring.auth.createUser({ primaryKey: null, attributes: {} });
    const session = await wiring.auth.createSession(userId);

    const server = createServer((request, response) => {
      response.setHeader("Set-Cookie", OWN_COOKIES);
      const context = wiring.node(request, response, "DEV");
      wiring.auth.handleRequest(context).setSession(session);
      response.end();
    }).listen(0, "localhost");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;

    const { headers } = await fetch(`http://localhost:${port}/`);
    const cookies = headers.getSetCookie();
    const own = OWN_COOKIES.filter((cookie) => cookies.includes(cookie)).length;
    const start = `${SESSION_COOKIE_NAME}=${session.sessionId};`;
    const sessions = cookies.filter((cookie) => cookie.startsWith(start)).length;
    return {
      ownCookiesIntact: own,
      sessionCookies: sessions,
      otherCookies: cookies.length - own - sessions,
    };
  },

  holds: ({ ownCookiesIntact, sessionCookies, otherCookies }) =>
    ownCookiesIntact === OWN_COOKIES.length && sessionCookies === 1 && otherCookies === 0,

  inWords: ({ ownCookiesIntact, otherCookies }) =>
    `${ownCookiesIntact} of ${OWN_COOKIES.length} cookies intact, ${many(otherCookies, "piece")}`,
};

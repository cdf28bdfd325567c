import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SESSION_COOKIE_NAME } from "lucia-auth";
import type { Scenario } from "./scenario.js";

/** A real Express server, and a form that is posted to it with the origins that a browser sends. */
export const d14: Scenario<{
  sameOrigin: boolean;
  otherPort: boolean;
  otherSite: boolean;
}> = {
  id: "D14",
  luciaAlone: true,

  run: async (wiring) => {
    const { userId } = await wiring.auth.createUser({ primaryKey: null, attributes: {} });
    const { sessionId } = await wiring.auth.createSession(userId);

    // Loaded here, so that the processes of other scenarios need not wait for it.
    const { default: express } = await import("express");
    const app = express();
    app.post("/profile", async (request, response) => {
      const context = wiring.express(request, response, "DEV");
      const { user } = await wiring.auth.handleRequest(context).validateUser();
      response.json(user?.userId === userId);
    });
    const server = app.listen(0, "localhost");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;

    const countsAsSignedIn = async (origin: string): Promise<boolean> => {
      const response = await fetch(`http://localhost:${port}/profile?tab=1`, {
        method: "POST",
        headers: { origin, cookie: `${SESSION_COOKIE_NAME}=${sessionId}` },
      });
      return (await response.text()) === "true";
    };
    return {
      sameOrigin: await countsAsSignedIn(`http://localhost:${port}`),
      otherPort: await countsAsSignedIn(`http://localhost:${port + 1}`),
      otherSite: await countsAsSignedIn("http://example.com"),
    };
  },

  holds: ({ sameOrigin, otherPort, otherSite }) => sameOrigin && !otherPort && !otherSite,

  inWords: ({ sameOrigin }) => (sameOrigin ? "signed in" : "signed out"),
};

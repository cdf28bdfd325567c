import { generateKeyPairSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import Provider, { type Configuration } from "oidc-provider";
import { ACCOUNTS } from "./accounts.js";
import { answerChoice } from "./choice.js";

/**
 * A stand-in for the provider of OpenID Connect that your site would ask who somebody is. It asks for no
 * password and forgets everything when it ends: it is here so that the example can be tried on a machine
 * without one. Replace it with yours: `OIDC_ISSUER`, `OIDC_CLIENT_ID` and `OIDC_CLIENT_SECRET`.
 */
export interface StandIn {
  /** What the site is given, under the names of its environment variables. */
  readonly environment: Readonly<Record<`OIDC_${string}`, string>>;
  stop(): Promise<void>;
}

const HOST = "127.0.0.1";

/** @throws Error where the port is in use */
export async function startStandIn(port: number): Promise<StandIn> {
  const server = createServer();
  server.listen(port, HOST);
  await once(server, "listening");
  const address = server.address();
  const issuer = `http://${HOST}:${typeof address === "object" ? address?.port : port}`;
  const secret = randomBytes(24).toString("base64url");
  const provider = new Provider(issuer, configure(secret));
  provider.use((context, next) => answerChoice(provider, context, next));
  server.on("request", provider.callback());
  // The site alone decides how long the process lasts, and not what is connected to the stand-in.
  server.unref();
  server.on("connection", (socket) => socket.unref());
  return {
    environment: {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: "pocket-notes",
      OIDC_CLIENT_SECRET: secret,
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, "close");
    },
  };
}

function configure(secret: string): Configuration {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    clients: [
      {
        client_id: "pocket-notes",
        client_secret: secret,
        // A native one may come from any port of this machine.
        application_type: "native",
        redirect_uris: [`http://${HOST}/pocket-id/callback`],
        grant_types: ["authorization_code"],
        response_types: ["code"],
      },
    ],
    claims: { openid: ["sub"], profile: ["name", "preferred_username"] },
    findAccount: (_context, sub) => {
      const name = ACCOUNTS.get(sub);
      return name === undefined
        ? undefined
        : { accountId: sub, claims: () => ({ sub, name, preferred_username: name }) };
    },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/choose/${uid}` },
    // There is one site, and nobody has to be asked whether it may know who they are.
    loadExistingGrant: async ({ oidc: { client, session, provider } }) => {
      const grant = new provider.Grant({
        ...(client ? { clientId: client.clientId } : {}),
        ...(session?.accountId ? { accountId: session.accountId } : {}),
      });
      grant.addOIDCScope("openid profile");
      await grant.save();
      return grant;
    },
    cookies: { keys: [randomBytes(24).toString("base64url")] },
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" }] },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 600,
      Interaction: 600,
      Session: 600,
    },
  };
}

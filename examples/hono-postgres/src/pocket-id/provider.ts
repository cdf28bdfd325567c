import * as oidc from "openid-client";
import { isLoopback, type ProviderSettings } from "../settings.js";

/** Where the provider sends people back to, at this site. */
export const CALLBACK = "/pocket-id/callback";

/** What is kept here while somebody is at the provider. */
export interface Secrets {
  /** Comes back with the answer, which shows that it belongs to a question of ours. */
  readonly state: string;
  /** Comes back inside of the ID token, which shows that the token was made for this question. */
  readonly nonce: string;
  /** Only who knows it can use the code of the answer (PKCE). */
  readonly codeVerifier: string;
}

/** Somebody whom the provider knows. */
export interface Identity {
  /** The issuer and its number for this person, by which nobody else is ever called. */
  readonly id: string;
  /** What the provider calls this person; anybody may be called so. */
  readonly name: string;
}

/** The provider did not say who somebody is. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
  /** Whether it, or the person, has declined; otherwise its answer is missing or cannot be trusted. */
  readonly isRefusal: boolean;

  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.isRefusal =
      cause instanceof oidc.AuthorizationResponseError && cause.error === "access_denied";
  }
}

/** A provider of OpenID Connect: this site's word for it is Pocket ID. */
export interface Provider {
  /** What to keep, and the address at the provider to send somebody to. */
  begin(): Promise<{ secrets: Secrets; location: URL }>;
  /**
   * Reads the answer that has come back, and checks it.
   *
   * @param query of the address that the provider has sent somebody to, with its `?`
   * @throws ProviderError
   */
  finish(query: string, secrets: Secrets): Promise<Identity>;
}

/** The site's half of a conversation with the provider of these settings, which is first asked when somebody comes. */
export function openProvider(settings: ProviderSettings, origin: string): Provider {
  const { issuer, clientId, clientSecret } = settings;
  const callback = new URL(CALLBACK, origin);
  let discovered: Promise<oidc.Configuration> | undefined;

  /** What the provider says of itself. Asked again if it did not answer. */
  const discover = () => {
    const options = isLoopback(issuer) ? { execute: [oidc.allowInsecureRequests] } : {};
    const authentication = oidc.ClientSecretBasic(clientSecret);
    discovered ??= oidc.discovery(issuer, clientId, undefined, authentication, options);
    discovered.catch(() => {
      discovered = undefined;
    });
    return discovered;
  };

  return {
    begin: () =>
      explained("Its address cannot be found out.", async () => {
        const secrets = {
          state: oidc.randomState(),
          nonce: oidc.randomNonce(),
          codeVerifier: oidc.randomPKCECodeVerifier(),
        };
        const location = oidc.buildAuthorizationUrl(await discover(), {
          redirect_uri: callback.href,
          scope: "openid profile",
          state: secrets.state,
          nonce: secrets.nonce,
          code_challenge: await oidc.calculatePKCECodeChallenge(secrets.codeVerifier),
          code_challenge_method: "S256",
        });
        return { secrets, location };
      }),

    finish: (query, { state, nonce, codeVerifier }) =>
      explained("Its answer cannot be used.", async () => {
        const configuration = await discover();
        const answer = new URL(query, callback);
        const tokens = await oidc.authorizationCodeGrant(configuration, answer, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
          idTokenExpected: true,
        });
        const { sub } = tokens.claims() as oidc.IDToken;
        const about = await oidc.fetchUserInfo(configuration, tokens.access_token, sub);
        const { issuer: confirmed } = configuration.serverMetadata();
        return { id: `${confirmed} ${sub}`, name: about.preferred_username ?? about.name ?? "" };
      }),
  };
}

async function explained<T>(problem: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    throw new ProviderError(`Pocket ID: ${problem}`, cause);
  }
}

import type { Context } from "hono";
import type { Backend } from "./auth.js";
import type { Provider } from "./pocket-id/provider.js";

/** What the pages and the API work with. */
export interface Site {
  readonly backend: Backend;
  /** The address that browsers know the site by. */
  readonly origin: string;
  /** Whether cookies travel over HTTPS only. */
  readonly isSecure: boolean;
  /** Undefined for a site with passwords alone. */
  readonly provider: Provider | undefined;
}

/** Lucia's view of a request: who is signed in, and how to change that. Made once for each request. */
export function authRequest({ backend }: Site, c: Context) {
  return backend.auth.handleRequest(c.req.raw, c.res);
}

import type { RequestContext } from "lucia-auth";

/**
 * Of a request whose answer can set no cookie. A session is read for it and never renewed, as nobody would get
 * to know the id of the new one.
 */
export interface ReadOnlyContext extends RequestContext {
  /** Why, and what to do instead: for whoever sets a session there. */
  readonly readOnly: string;
}

export function isReadOnly(context: RequestContext): context is ReadOnlyContext {
  return "readOnly" in context;
}

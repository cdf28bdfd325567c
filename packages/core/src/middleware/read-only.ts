import type { RequestContext } from "lucia-auth";

/**
 * The context of a request whose response cannot set a cookie. Its session is read and never renewed: the new id could
 * not be sent.
 */
export interface ReadOnlyContext extends RequestContext {
  /** Why, and what to do instead: for whoever sets a session there. */
  readonly readOnly: string;
}

export function isReadOnly(context: RequestContext): context is ReadOnlyContext {
  return "readOnly" in context;
}

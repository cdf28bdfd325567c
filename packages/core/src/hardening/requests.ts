import { LuciaError, type RequestContext, type Session } from "lucia-auth";
import { ConfigurationError } from "../configuration-error.js";
import { isReadOnly } from "../middleware/read-only.js";
import { withoutDebugMode } from "./debug-mode.js";
import type { Hardening } from "./hardening.js";

/**
 * Lucia takes every error for "not signed in" and clears the cookie, so that an outage of one second
 * signs everybody out. Here only an invalid session does that; any other error reaches the caller, the
 * cookie stays, and the next call tries again.
 */
export const hardenRequests: Hardening = (auth) => {
  const { handleRequest } = auth;
  return {
    handleRequest: (...args) => {
      const request = handleRequest(...args);
      const context: unknown = Reflect.get(request, "context");
      assertContext(context);
      const { setSession: setStoredSession } = request;
      const setSession = (session: Session | null) =>
        withoutDebugMode(() => setStoredSession(session));
      // Without renewals, whose new cookie would get lost.
      const [findSession, findUser] = isReadOnly(context)
        ? [auth.getSession, auth.getSessionUser]
        : [auth.validateSession, auth.validateSessionUser];

      const validated = async <T>(
        validate: (sessionId: string) => Promise<T>,
        sessionOf: (result: T) => Session,
      ): Promise<T | null> => {
        const sessionId = request.storedSessionId;
        if (!sessionId) return null;
        // Not over a session that the app has set in the meantime.
        const replace = (session: Session | null) => {
          if (request.storedSessionId === sessionId) setSession(session);
        };
        try {
          const result = await validate(sessionId);
          if (sessionOf(result).fresh) replace(sessionOf(result));
          return result;
        } catch (error) {
          if (!meansSignedOut(error)) throw error;
          replace(null);
          return null;
        }
      };

      const session = remembered(() => validated(findSession, (found) => found));
      const user = remembered(async () => {
        const found = await validated(findUser, (result) => result.session);
        return found ?? { user: null, session: null };
      });

      request.validate = session.get;
      request.validateUser = user.get;
      request.setSession = (next) => {
        if (isReadOnly(context)) {
          throw new ConfigurationError(`setSession cannot set its cookie. ${context.readOnly}`);
        }
        session.forget();
        user.forget();
        setSession(next);
      };
      return request;
    },
  };
};

/** Lucia takes whatever a middleware returns, and then nobody is ever signed in. */
function assertContext(context: unknown): asserts context is RequestContext {
  const { request, setCookie } = Object(context);
  if (request && typeof setCookie === "function") return;
  throw new ConfigurationError(
    "handleRequest does not fit the middleware. Without the option `lucia.middleware` it takes one " +
      "object, { request, setCookie }. For Express give `middleware: express()`, with the `express` of " +
      "this package, and call handleRequest(request, response).",
  );
}

/** The session is not there or is over, or its user was deleted while it was being renewed. */
function meansSignedOut(error: unknown): boolean {
  return (
    error instanceof LuciaError &&
    (error.message === "AUTH_INVALID_SESSION_ID" || error.message === "AUTH_INVALID_USER_ID")
  );
}

/** Loads once and remembers the result, but not a failure. */
function remembered<T>(load: () => Promise<T>) {
  let result: Promise<T> | undefined;
  const forget = () => {
    result = undefined;
  };
  const get = () => {
    result ??= load().catch((error) => {
      forget();
      throw error;
    });
    return result;
  };
  return { get, forget };
}

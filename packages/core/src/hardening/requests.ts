import { LuciaError, type Session } from "lucia-auth";
import type { Mend } from "./mend.js";

/**
 * Lucia takes every error for "not signed in" and clears the cookie, so that a database that is away
 * for a second signs everybody out. Here only an invalid session does that; any other error reaches
 * the caller, the cookie stays, and the next call tries again.
 */
export const mendRequests: Mend = (auth) => {
  const { handleRequest } = auth;
  return {
    handleRequest: (...args) => {
      const request = handleRequest(...args);
      const { setSession } = request;

      const validated = async <T>(
        validate: (sessionId: string) => Promise<T>,
        sessionOf: (result: T) => Session,
      ): Promise<T | null> => {
        if (!request.storedSessionId) return null;
        try {
          const result = await validate(request.storedSessionId);
          if (sessionOf(result).fresh) setSession(sessionOf(result));
          return result;
        } catch (error) {
          if (!meansSignedOut(error)) throw error;
          setSession(null);
          return null;
        }
      };

      const session = remembered(() => validated(auth.validateSession, (found) => found));
      const user = remembered(async () => {
        const found = await validated(auth.validateSessionUser, (result) => result.session);
        return found ?? { user: null, session: null };
      });

      request.validate = session.get;
      request.validateUser = user.get;
      request.setSession = (next) => {
        session.forget();
        user.forget();
        setSession(next);
      };
      return request;
    },
  };
};

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

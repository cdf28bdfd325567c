import type { SessionAdapter } from "lucia-auth";
import { ConfigurationError } from "../configuration-error.js";

async function refuse(): Promise<never> {
  throw new ConfigurationError(
    "A session was used inside `transaction`, but the sessions are kept outside of the database " +
      "(the option `sessions`) and cannot be rolled back. Use the outer `auth` for sessions, after " +
      "the transaction.",
  );
}

/** Stands in a transaction for sessions that are kept outside of the database. */
export const sessionsRefused: SessionAdapter = {
  getSession: refuse,
  getSessionsByUserId: refuse,
  setSession: refuse,
  deleteSession: refuse,
  deleteSessionsByUserId: refuse,
};

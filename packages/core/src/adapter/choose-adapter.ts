import { type Adapter, LuciaError, type SessionAdapter } from "lucia-auth";
import type { AnyOptions } from "../options.js";
import type { AdapterOn, KyselyAdapter } from "./kysely-adapter.js";
import type { Statements } from "./run-statements.js";
import { withHashedSessionIds } from "./session-ids.js";
import { plainStore, type SessionsAdapter } from "./session-store.js";
import { sessionsRefused } from "./sessions-refused.js";

/** The adapter that Lucia is given, and what the hardening has to know about it. */
export interface ChosenAdapter {
  readonly adapter: Adapter & SessionsAdapter;
  /** Our own adapter, unless an official one is used in its place. */
  readonly ownAdapter: KyselyAdapter | undefined;
  /** Where sessions are kept: in the database, somewhere else, or somewhere else and out of reach. */
  readonly sessionsAre: "database" | "elsewhere" | "refused";
}

/** Our adapter, or what the options ask for in its place or beside it. */
export function chooseAdapter(
  adapterOn: AdapterOn,
  statements: Statements,
  options: AnyOptions,
  officialPool: unknown,
): ChosenAdapter {
  const chosen = choose(adapterOn, statements, options, officialPool);
  return {
    ...chosen,
    adapter: withHashedSessionIds(chosen.adapter, options.sessionIds ?? "plain"),
  };
}

function choose(
  ...[adapterOn, statements, options, officialPool]: Parameters<typeof chooseAdapter>
): ChosenAdapter {
  if (options.adapter) {
    // Each official adapter is typed by the pool of its own driver.
    const official = options.adapter(officialPool as never)(LuciaError);
    const adapter = { ...official, ...plainStore(official) };
    return { adapter, ownAdapter: undefined, sessionsAre: "database" };
  }
  const ownAdapter = adapterOn(statements);
  if (!options.sessions) return { adapter: ownAdapter, ownAdapter, sessionsAre: "database" };
  const { inTransaction } = statements;
  const sessions = inTransaction ? sessionsRefused : options.sessions(LuciaError);
  return {
    adapter: withSessions(ownAdapter, sessions),
    ownAdapter,
    sessionsAre: inTransaction ? "refused" : "elsewhere",
  };
}

/** Sessions kept elsewhere cannot be read in one query with their users. */
function withSessions(adapter: Adapter, sessions: SessionAdapter): Adapter & SessionsAdapter {
  const { getSessionAndUserBySessionId: _, ...users } = adapter;
  return { ...users, ...sessions, ...plainStore(sessions) };
}

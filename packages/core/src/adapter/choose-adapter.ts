import { type Adapter, LuciaError, type SessionAdapter } from "lucia-auth";
import type { DialectSpec } from "../dialect-spec.js";
import type { Executor } from "../executor.js";
import type { AnyOptions } from "../options.js";
import type { AuthTableNames } from "../table-names.js";
import { type KyselyAdapter, kyselyAdapter } from "./kysely-adapter.js";
import { sessionsRefused } from "./sessions-refused.js";

/** The adapter that Lucia is given, and what the hardening has to know about it. */
export interface ChosenAdapter {
  readonly adapter: Adapter;
  /** Our own adapter, unless an official one is used in its place. */
  readonly ownAdapter: KyselyAdapter | undefined;
  /** Where sessions are kept: in the database, somewhere else, or somewhere else and out of reach. */
  readonly sessions: "database" | "elsewhere" | "refused";
}

/** Our adapter on an executor, or what the options ask for in its place or beside it. */
export function chooseAdapter(
  db: Executor,
  spec: DialectSpec,
  options: AnyOptions,
  names: AuthTableNames,
  officialPool: unknown,
): ChosenAdapter {
  if (options.adapter) {
    // Each official adapter is typed by the pool of its own driver.
    const adapter = options.adapter(officialPool as never)(LuciaError);
    return { adapter, ownAdapter: undefined, sessions: "database" };
  }
  const ownAdapter = kyselyAdapter(db, spec, names);
  if (!options.sessions) return { adapter: ownAdapter, ownAdapter, sessions: "database" };
  return db.isTransaction
    ? { adapter: withSessions(ownAdapter, sessionsRefused), ownAdapter, sessions: "refused" }
    : {
        adapter: withSessions(ownAdapter, options.sessions(LuciaError)),
        ownAdapter,
        sessions: "elsewhere",
      };
}

/** Sessions kept elsewhere cannot be read in one query with their users. */
function withSessions(adapter: Adapter, sessions: SessionAdapter): Adapter {
  const { getSessionAndUserBySessionId: _, ...users } = adapter;
  return { ...users, ...sessions };
}

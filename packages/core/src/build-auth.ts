import lucia, {
  type Adapter,
  type Configuration,
  LuciaError,
  type SessionAdapter,
} from "lucia-auth";
import { createAdapter } from "./adapter/adapter.js";
import { ConfigurationError } from "./configuration-error.js";
import type { DialectSpec, Executor } from "./dialect-spec.js";
import { harden } from "./hardening/harden.js";
import type { AnyAuth } from "./hardening/mend.js";
import type { AnyOptions } from "./options.js";
import { generateHash, validateHash } from "./password/scrypt.js";

/** Builds a hardened Lucia on an executor: once on the pool, and again for each transaction. */
export function authBuilder<Pool>(
  spec: DialectSpec<Pool>,
  pool: Pool,
  options: AnyOptions,
): (db: Executor) => AnyAuth {
  const hash = {
    generate: options.lucia.hash?.generate ?? generateHash,
    validate: options.lucia.hash?.validate ?? validateHash,
  };
  return (db) => {
    const store = createAdapter(spec, db);
    const database = options.adapter?.(pool as never)(LuciaError) ?? store;
    const sessions = db.isTransaction
      ? options.sessions && sessionsRefused
      : options.sessions?.(LuciaError);
    const adapter = sessions ? withSessions(database, sessions) : database;
    const config = { ...options.lucia, hash, adapter: () => adapter };
    const auth = db.isTransaction ? luciaQuietly(config) : lucia(config);
    return harden(auth, {
      adapter,
      store: options.adapter ? undefined : store,
      sessionsElsewhere: sessions !== undefined,
      hash,
      autoDatabaseCleanup:
        (options.lucia.autoDatabaseCleanup ?? true) && sessions !== sessionsRefused,
    });
  };
}

/** Sessions kept elsewhere cannot be read in one query with their users. */
function withSessions(database: Adapter, sessions: SessionAdapter): Adapter {
  const { getSessionAndUserBySessionId: _, ...users } = database;
  return { ...users, ...sessions };
}

async function refuse(): Promise<never> {
  throw new ConfigurationError(
    "A session was used inside `transaction`, but the sessions are kept outside of the database " +
      "(the option `sessions`) and cannot be rolled back. Use the outer `auth` for sessions, after " +
      "the transaction.",
  );
}

const sessionsRefused: SessionAdapter = {
  getSession: refuse,
  getSessionsByUserId: refuse,
  setSession: refuse,
  deleteSession: refuse,
  deleteSessionsByUserId: refuse,
};

const DEBUG_FLAG = "__lucia_debug_mode";

/** Each `lucia()` sets its global debug flag and greets where it is on: once is enough. */
function luciaQuietly<C extends Configuration>(config: C): AnyAuth {
  const flag: unknown = Reflect.get(globalThis, DEBUG_FLAG);
  const auth = lucia({ ...config, experimental: { debugMode: false } });
  Reflect.set(globalThis, DEBUG_FLAG, flag);
  return auth;
}

import type { DialectSpec, Executor } from "../dialect-spec.js";
import { keysAdapter } from "./keys.js";
import { sessionsAdapter } from "./sessions.js";
import { statementRunner } from "./statement.js";
import type { StoreAdapter } from "./store.js";
import { usersAdapter } from "./users.js";

/** Lucia's `Adapter` over a Kysely executor: the pool, or one transaction. */
export function createAdapter(
  spec: Pick<DialectSpec<never>, "classifyError" | "encodeBoolean">,
  db: Executor,
): StoreAdapter {
  const runOn = statementRunner(spec.classifyError);
  return {
    ...usersAdapter(db, runOn, spec),
    ...keysAdapter(db, runOn, spec),
    ...sessionsAdapter(db, runOn),
  };
}

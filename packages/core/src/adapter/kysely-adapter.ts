import type { Adapter } from "lucia-auth";
import type { DialectSpec } from "../dialect-spec.js";
import type { Executor } from "../executor.js";
import { keysAdapter } from "./keys.js";
import { sessionsAdapter } from "./sessions.js";
import { statementsOn } from "./statements.js";
import { type UsersAdapter, usersAdapter } from "./users.js";

/** Our own adapter: Lucia's interface in full, and what the hardened Lucia needs beyond it. */
export type KyselyAdapter = Required<Adapter> & Pick<UsersAdapter, "deleteUserCascade">;

/** Lucia's `Adapter` over a Kysely executor: the pool, or one transaction. */
export function kyselyAdapter(db: Executor, spec: DialectSpec): KyselyAdapter {
  const statements = statementsOn(db, spec);
  return {
    ...usersAdapter(db, statements, spec),
    ...keysAdapter(db, statements, spec),
    ...sessionsAdapter(db, statements),
  };
}

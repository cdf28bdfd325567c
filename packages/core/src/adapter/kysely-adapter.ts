import type { Adapter } from "lucia-auth";
import type { DialectSpec } from "../dialect-spec.js";
import type { Executor } from "../executor.js";
import type { AuthTableNames } from "../table-names.js";
import { cutIds } from "./cut-ids.js";
import { guardIds, idComparison } from "./ids.js";
import { keysAdapter } from "./keys.js";
import { insertOwned } from "./owned-rows.js";
import type { SessionStore } from "./session-store.js";
import { sessionsAdapter } from "./sessions.js";
import { statementsOn } from "./statements.js";
import { type UsersAdapter, usersAdapter } from "./users.js";

/** Our own adapter: Lucia's interface in full, and what the hardened Lucia needs beyond it. */
export type KyselyAdapter = Required<Adapter> &
  Pick<UsersAdapter, "deleteUserCascade"> &
  SessionStore;

/** Lucia's `Adapter` over a Kysely executor: the pool, or one transaction. */
export function kyselyAdapter(
  db: Executor,
  spec: DialectSpec,
  names: AuthTableNames,
): KyselyAdapter {
  const statements = statementsOn(db, spec, names);
  const idIs = idComparison(spec);
  const cut = cutIds(db, spec, idIs, names);
  const insert = insertOwned(db, statements, spec, idIs, cut);
  return guardIds(
    {
      ...usersAdapter(db, statements, spec, idIs, cut),
      ...keysAdapter(db, statements, spec, idIs, insert),
      ...sessionsAdapter(db, statements, spec, idIs, cut, insert),
    },
    spec,
  );
}

import type { Adapter } from "lucia-auth";
import type { DialectSpec } from "../dialect-spec.js";
import type { Executor } from "../executor.js";
import { type Statement, type StatementBuilder, statementBuilder } from "./build-statements.js";
import { type CutIds, cutIds } from "./cut-ids.js";
import { deadSessions } from "./dead-sessions.js";
import { guardIds, type IdIs, idComparison } from "./ids.js";
import { keysAdapter } from "./keys.js";
import { insertOwned } from "./owned-rows.js";
import type { Statements } from "./run-statements.js";
import type { SessionStore } from "./session-store.js";
import { sessionsAdapter } from "./sessions.js";
import { type UsersAdapter, usersAdapter } from "./users.js";

/** Our own adapter: Lucia's interface in full, and what the hardened Lucia needs beyond it. */
export type KyselyAdapter = Required<Adapter> &
  Pick<UsersAdapter, "deleteUserCascade"> &
  SessionStore;

/** Our adapter where its statements run: on the pool, or in one transaction. */
export type AdapterOn = (statements: Statements) => KyselyAdapter;

/**
 * Lucia's `Adapter` for the tables of one database. Its queries are built once for all transactions.
 *
 * @param db what the queries are built with
 */
export function kyselyAdapter(
  db: Executor,
  spec: DialectSpec,
  prepare: StatementBuilder,
): AdapterOn {
  const idIs = idComparison(spec);
  const lockUser = prepare((userId: string) =>
    db.selectFrom("auth_user").select("id").where(idIs("auth_user.id", userId)).forUpdate(),
  );
  const context = {
    db,
    spec,
    prepare,
    compile: statementBuilder(),
    idIs,
    lockUser,
    cut: cutIds(db, spec, prepare, idIs),
    dead: deadSessions(db, prepare, idIs),
  };
  const inserting = insertOwned(context);
  const [users, keys, sessions] = [
    usersAdapter(context),
    keysAdapter(context),
    sessionsAdapter(context),
  ];
  return (statements) => {
    const insert = inserting(statements);
    const adapter = {
      ...users(statements),
      ...keys(statements, insert),
      ...sessions(statements, insert),
    };
    return guardIds(adapter, spec);
  };
}

/** What the parts of the adapter have in common. */
export interface AdapterContext {
  readonly db: Executor;
  readonly spec: DialectSpec;
  /** For statements with values of ours: drivers may prepare them. */
  readonly prepare: StatementBuilder;
  /** For those with values of the app's, which may be of any kind. */
  readonly compile: StatementBuilder;
  readonly idIs: IdIs;
  /** Locks the row of a user until the transaction ends: others who write to its keys and sessions wait. */
  readonly lockUser: Statement<[userId: string], unknown>;
  readonly cut: CutIds;
  readonly dead: ReturnType<typeof deadSessions>;
}

import type { Adapter } from "lucia-auth";
import type { DialectSpec } from "../dialect-spec.js";
import type { Executor } from "../executor.js";
import { type CutIds, cutIds } from "./cut-ids.js";
import { deadSessions } from "./dead-sessions.js";
import { guardIds, type IdIs, idComparison } from "./ids.js";
import { keysAdapter } from "./keys.js";
import { insertOwned } from "./owned-rows.js";
import type { SessionStore } from "./session-store.js";
import { sessionsAdapter } from "./sessions.js";
import { type Prepare, type Statement, statementMaker } from "./statement.js";
import type { Statements } from "./statements.js";
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
export function kyselyAdapter(db: Executor, spec: DialectSpec, prepare: Prepare): AdapterOn {
  const idIs = idComparison(spec);
  const lockUser = prepare((userId: string) =>
    db.selectFrom("auth_user").select("id").where(idIs("auth_user.id", userId)).forUpdate(),
  );
  const tools = {
    db,
    spec,
    prepare,
    compile: statementMaker(),
    idIs,
    lockUser,
    cut: cutIds(db, spec, prepare, idIs),
    dead: deadSessions(db, prepare, idIs),
  };
  const inserting = insertOwned(tools);
  const [users, keys, sessions] = [usersAdapter(tools), keysAdapter(tools), sessionsAdapter(tools)];
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

/** What the parts of the adapter are made with. */
export interface Tools {
  readonly db: Executor;
  readonly spec: DialectSpec;
  /** For statements with values of ours: drivers may prepare them. */
  readonly prepare: Prepare;
  /** For those with values of the app's, which may be of any kind. */
  readonly compile: Prepare;
  readonly idIs: IdIs;
  /** Keeps a user, and who else writes to what is the user's, until the transaction ends. */
  readonly lockUser: Statement<[userId: string], unknown>;
  readonly cut: CutIds;
  readonly dead: ReturnType<typeof deadSessions>;
}

import type { Kysely } from "kysely";
import { ConfigurationError } from "../configuration-error.js";
import type { DialectSpec } from "../dialect-spec.js";
import type { Executor } from "../executor.js";
import type { StatementBuilder } from "./build-statements.js";
import { type IdIs, unlessIncomparable } from "./ids.js";
import type { Run } from "./run-statements.js";
import { SESSION_ID_LENGTH } from "./session-ids.js";

type Table = "auth_user" | "auth_key" | "auth_session";

/** The ids of a new row: its own, and its user's where that is written, too. */
interface Ids {
  readonly id: string;
  readonly user_id?: string;
}

/** Finds new ids of which the database has stored less than it was given. */
export interface CutIds {
  /** Whether that may happen to these ids. */
  mayBeCut(table: Table, ids: Ids): boolean;
  /**
   * Looks for a new row, before the transaction that `run` belongs to is committed.
   *
   * @throws ConfigurationError where it is not there
   */
  assertStored(run: Run, table: Table, ids: Ids): Promise<void>;
}

export function cutIds(
  db: Executor,
  spec: DialectSpec,
  prepare: StatementBuilder,
  idIs: IdIs,
): CutIds {
  // Seen by what the tables have in common.
  const queries = db as unknown as Kysely<Record<string, { id: string }>>;
  const selectFrom = (table: Table) => {
    const byId = (id: string) =>
      queries
        .selectFrom(table)
        .select("id")
        .where(idIs(`${table}.id`, id));
    const alone = prepare(byId);
    const withUser = prepare((id: string, userId: string) =>
      byId(id).where(idIs(`${table}.user_id`, userId)),
    );
    return ({ id, user_id }: Ids) => (user_id === undefined ? alone(id) : withUser(id, user_id));
  };
  const select = {
    auth_user: selectFrom("auth_user"),
    auth_key: selectFrom("auth_key"),
    auth_session: selectFrom("auth_session"),
  };
  /** The longest plain id that was found stored as it is, by column. Lucia's own ids of sessions fit. */
  const longest = new Map([["auth_session.id", SESSION_ID_LENGTH]]);
  const columnsOf = (table: Table, ids: Ids): [column: string, id: string][] =>
    Object.entries(ids).map(([column, id]) => [`${table}.${column}`, id]);

  const mayBeCut: CutIds["mayBeCut"] = (table, ids) =>
    spec.cutsText &&
    columnsOf(table, ids).some(
      ([column, id]) => !(PLAIN.test(id) && id.length <= (longest.get(column) ?? 0)),
    );

  return {
    mayBeCut,
    assertStored: async (run, table, ids) => {
      if (!mayBeCut(table, ids)) return;
      const isThere = await run(select[table](ids))
        .then(({ rows }) => rows.length > 0)
        .catch(unlessIncomparable(spec, () => false));
      if (!isThere) throw cut(table);
      for (const [column, id] of columnsOf(table, ids)) {
        if (PLAIN.test(id)) longest.set(column, Math.max(id.length, longest.get(column) ?? 0));
      }
    },
  };
}

/** Characters that every character set has, and that no type of column takes off the end. */
const PLAIN = /^[\x21-\x7e]*$/;

function cut(table: Table): ConfigurationError {
  return new ConfigurationError(
    `The database has not stored an id as it was given: a column of ids of ${table} is too short ` +
      "for it, or has a character set without its characters. Nothing was stored. Lengthen the columns " +
      "of ids, give them a character set that has all characters, and let the database refuse what does " +
      "not fit (its strict mode).",
  );
}

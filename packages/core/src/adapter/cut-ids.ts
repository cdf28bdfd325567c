import type { Kysely } from "kysely";
import { ConfigurationError } from "../configuration-error.js";
import type { DialectSpec } from "../dialect-spec.js";
import type { Executor } from "../executor.js";
import type { StatementBuilder } from "./build-statements.js";
import { type IdIs, unlessIncomparable } from "./ids.js";
import type { Run } from "./run-statements.js";
import { SESSION_ID_LENGTH } from "./session-ids.js";

type Table = "auth_user" | "auth_key" | "auth_session";

/** Finds new ids of which the database has stored less than it was given. */
export interface CutIds {
  /** Whether that may happen to this id. */
  mayBeCut(table: Table, id: string): boolean;
  /**
   * Looks for a new id, before the transaction that `run` belongs to is committed.
   *
   * @throws ConfigurationError where it is not there
   */
  assertStored(run: Run, table: Table, id: string): Promise<void>;
}

export function cutIds(
  db: Executor,
  spec: DialectSpec,
  prepare: StatementBuilder,
  idIs: IdIs,
): CutIds {
  // Seen by what the tables have in common.
  const queries = db as unknown as Kysely<Record<string, { id: string }>>;
  const selectFrom = (table: Table) =>
    prepare((id: string) =>
      queries
        .selectFrom(table)
        .select("id")
        .where(idIs(`${table}.id`, id)),
    );
  const select = {
    auth_user: selectFrom("auth_user"),
    auth_key: selectFrom("auth_key"),
    auth_session: selectFrom("auth_session"),
  };
  /** The longest plain id that was found stored as it is. Lucia's own ids of sessions fit. */
  const longest = { auth_user: 0, auth_key: 0, auth_session: SESSION_ID_LENGTH };

  const mayBeCut: CutIds["mayBeCut"] = (table, id) =>
    spec.cutsText && !(PLAIN.test(id) && id.length <= longest[table]);

  return {
    mayBeCut,
    assertStored: async (run, table, id) => {
      if (!mayBeCut(table, id)) return;
      const isThere = await run(select[table](id))
        .then(({ rows }) => rows.length > 0)
        .catch(unlessIncomparable(spec, () => false));
      if (!isThere) throw cut(table);
      if (PLAIN.test(id)) longest[table] = id.length;
    },
  };
}

/** Characters that every character set has, and that no type of column takes off the end. */
const PLAIN = /^[\x21-\x7e]*$/;

function cut(table: Table): ConfigurationError {
  return new ConfigurationError(
    `The database has not stored a new id as it was given: the column \`id\` of ${table} is too short ` +
      "for it, or has a character set without its characters. Nothing was stored. Lengthen the columns " +
      "of ids, give them a character set that has all characters, and let the database refuse what does " +
      "not fit (its strict mode).",
  );
}

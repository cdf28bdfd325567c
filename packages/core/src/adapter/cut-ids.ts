import type { Kysely } from "kysely";
import { ConfigurationError } from "../configuration-error.js";
import type { DialectSpec } from "../dialect-spec.js";
import type { Executor } from "../executor.js";
import type { AuthTableNames } from "../table-names.js";
import { type IdIs, unlessIncomparable } from "./ids.js";
import { SESSION_ID_LENGTH } from "./session-ids.js";
import type { Run } from "./statements.js";

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

/**
 * Where the hash of a session's id was found to fit: all have the same length. Kept by the names of the tables,
 * of which each factory makes one object; all else here is made anew for each transaction.
 */
const hashesFit = new WeakSet<AuthTableNames>();

export function cutIds(db: Executor, spec: DialectSpec, idIs: IdIs, names: AuthTableNames): CutIds {
  // Seen by what the tables have in common.
  const queries = db as unknown as Kysely<Record<string, { id: string }>>;

  const mayBeCut: CutIds["mayBeCut"] = (table, id) => {
    if (!spec.cutsText) return false;
    // Those that Lucia makes fit. The hashes of them are longer.
    return table !== "auth_session" || (id.length > SESSION_ID_LENGTH && !hashesFit.has(names));
  };

  return {
    mayBeCut,
    assertStored: async (run, table, id) => {
      if (!mayBeCut(table, id)) return;
      const query = queries
        .selectFrom(table)
        .select("id")
        .where(idIs(`${table}.id`, id));
      const ask = async () => (await run(query)).rows.length > 0;
      if (!(await unlessIncomparable(spec, ask, () => false))) throw cut(table);
      if (table === "auth_session") hashesFit.add(names);
    },
  };
}

function cut(table: Table): ConfigurationError {
  return new ConfigurationError(
    `The database has not stored a new id as it was given: the column \`id\` of ${table} is too short ` +
      "for it, or has a character set without its characters. Nothing was stored. Lengthen the columns " +
      "of ids, give them a character set that has all characters, and let the database refuse what does " +
      "not fit (its strict mode).",
  );
}

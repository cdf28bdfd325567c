import type { Kysely } from "kysely";
import { ConfigurationError } from "../configuration-error.js";
import type { DialectSpec } from "../dialect-spec.js";
import type { Executor } from "../executor.js";
import type { AuthTableNames } from "../table-names.js";
import { type IdIs, unlessIncomparable } from "./ids.js";
import type { Run } from "./statements.js";

type Table = "auth_user" | "auth_key" | "auth_session";

/** Finds new ids of which the database has stored less than it was given. */
export interface CutIds {
  /** Whether that may happen to this id. */
  areLikely(table: Table, id: string): boolean;
  /**
   * Looks for a new id, before the transaction that `run` belongs to is committed.
   *
   * @throws ConfigurationError where it is not there
   */
  refuse(run: Run, table: Table, id: string): Promise<void>;
}

/** All ids of sessions that Lucia makes have as many characters, and fit. The hashes of them are longer. */
const SESSION_ID_LENGTH = 40;

/** Databases in which the hash of a session's id was found to fit. They are all of the same length. */
const hashesFit = new WeakSet<AuthTableNames>();

export function cutIds(db: Executor, spec: DialectSpec, idIs: IdIs, names: AuthTableNames): CutIds {
  // Seen by what the tables have in common.
  const queries = db as unknown as Kysely<Record<string, { id: string }>>;

  const areLikely: CutIds["areLikely"] = (table, id) => {
    if (!spec.cutsText) return false;
    return table !== "auth_session" || (id.length > SESSION_ID_LENGTH && !hashesFit.has(names));
  };

  return {
    areLikely,
    refuse: async (run, table, id) => {
      if (!areLikely(table, id)) return;
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

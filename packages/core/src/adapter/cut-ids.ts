import type { Kysely } from "kysely";
import { ConfigurationError } from "../configuration-error.js";
import type { DialectSpec } from "../dialect-spec.js";
import type { Executor } from "../executor.js";
import { type IdIs, unlessIncomparable } from "./ids.js";
import type { Run } from "./statements.js";

/**
 * Looks for a new id where the database may have stored less of it than it was given, before the
 * transaction that `run` belongs to is committed.
 *
 * @throws ConfigurationError where it is not there
 */
export type RefuseCutId = (run: Run, table: "auth_user" | "auth_key", id: string) => Promise<void>;

export function cutIds(db: Executor, spec: DialectSpec, idIs: IdIs): RefuseCutId {
  // Seen by what the two tables have in common.
  const queries = db as unknown as Kysely<Record<string, { id: string }>>;

  return async (run, table, id) => {
    if (!spec.cutsText) return;
    const query = queries
      .selectFrom(table)
      .select("id")
      .where(idIs(`${table}.id`, id));
    const ask = async () => (await run(query)).rows.length > 0;
    if (await unlessIncomparable(spec, ask, () => false)) return;
    throw new ConfigurationError(
      `The database has not stored a new id as it was given: the column \`id\` of ${table} is too short ` +
        "for it, or has a character set without its characters. Nothing was stored. Lengthen the columns " +
        "of ids, give them a character set that has all characters, and let the database refuse what does " +
        "not fit (its strict mode).",
    );
  };
}

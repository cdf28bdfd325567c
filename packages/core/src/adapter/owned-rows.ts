import { type Kysely, sql } from "kysely";
import { LuciaError } from "lucia-auth";
import type { DialectSpec } from "../dialect-spec.js";
import type { Executor } from "../executor.js";
import type { CutIds } from "./cut-ids.js";
import type { IdIs } from "./ids.js";
import type { Run, Statements } from "./statements.js";

/** The tables whose rows belong to a user, each with Lucia's code for an id that is taken. */
const DUPLICATE_CODES = {
  auth_key: "AUTH_DUPLICATE_KEY_ID",
  auth_session: "AUTH_DUPLICATE_SESSION_ID",
} as const;

/** A row by its columns, with values as the driver takes them. */
interface OwnedRow {
  readonly id: string;
  readonly user_id: string;
  readonly [column: string]: unknown;
}

/**
 * Stores a row that belongs to a user.
 *
 * @throws LuciaError `AUTH_INVALID_USER_ID`, or the code for an id that is taken; nothing is stored then
 */
export type InsertOwned = (table: keyof typeof DUPLICATE_CODES, row: OwnedRow) => Promise<void>;

/**
 * Rows are inserted from the row of their user, in one statement: a missing user is found without a
 * foreign key, and without an error of the database.
 */
export function insertOwned(
  db: Executor,
  { attempt, atomically }: Statements,
  { dataModifyingCtes, locksRows }: DialectSpec,
  idIs: IdIs,
  cut: CutIds,
): InsertOwned {
  // Seen by what the two tables have in common.
  const queries = db as unknown as Kysely<Record<string, OwnedRow>>;

  /** An id that is taken is an error of the database, which the dialect recognises. */
  const inPlainSql = async (run: Run, ...[table, row]: Parameters<InsertOwned>) => {
    const { numAffectedRows } = await run(
      queries
        .insertInto(table)
        .columns(Object.keys(row))
        .expression((eb) =>
          eb
            .selectFrom("auth_user")
            .select(valuesOf(row, "auth_user.id"))
            .where(idIs("auth_user.id", row.user_id))
            // So that the user cannot be deleted in between, at any isolation level.
            .$if(locksRows, (select) => select.forUpdate()),
        ),
      { [`${table}.id`]: DUPLICATE_CODES[table] },
    );
    if (numAffectedRows === 0n) throw new LuciaError("AUTH_INVALID_USER_ID");
  };

  /**
   * Neither outcome is an error of the database, so that those that there are come from constraints of the
   * app's own. The user cannot be deleted in between.
   */
  const withCtes: InsertOwned = async (table, row) => {
    const { rows } = await attempt(
      queries
        .with("owner", (cte) =>
          cte
            .selectFrom("auth_user")
            .select("auth_user.id")
            .where(idIs("auth_user.id", row.user_id))
            .forKeyShare(),
        )
        .with("stored", (cte) =>
          cte
            .insertInto(table)
            .columns(Object.keys(row))
            .expression((eb) => eb.selectFrom("owner").select(valuesOf(row, "owner.id")))
            .onConflict((conflict) => conflict.column("id").doNothing())
            .returning("id"),
        )
        .selectFrom("owner")
        .leftJoin("stored", (join) => join.onTrue())
        .select("stored.id"),
    );
    if (!rows[0]) throw new LuciaError("AUTH_INVALID_USER_ID");
    if (rows[0].id === null) throw new LuciaError(DUPLICATE_CODES[table]);
  };

  return (table, row) => {
    if (dataModifyingCtes) return withCtes(table, row);
    if (!cut.mayBeCut(table, row.id)) return inPlainSql(attempt, table, row);
    return atomically(async (run) => {
      await inPlainSql(run, table, row);
      await cut.assertStored(run, table, row.id);
    });
  };
}

/** The row as a select list, with the user's id as it is stored. */
function valuesOf(row: OwnedRow, storedUserId: string) {
  return Object.entries(row).map(([column, value]) =>
    (column === "user_id" ? sql.ref(storedUserId) : sql.val(value)).as(column),
  );
}

import { type Kysely, sql } from "kysely";
import { LuciaError } from "lucia-auth";
import type { AdapterContext } from "./kysely-adapter.js";
import { COLUMNS, valuesOf } from "./rows.js";
import type { Run, Statements } from "./run-statements.js";

/** The tables whose rows belong to a user, each with Lucia's code for an id that is taken. */
const DUPLICATE_CODES = {
  auth_key: "AUTH_DUPLICATE_KEY_ID",
  auth_session: "AUTH_DUPLICATE_SESSION_ID",
} as const;

type Table = keyof typeof DUPLICATE_CODES;

/** A row by its columns, with values as the driver takes them. */
interface OwnedRow {
  readonly id: string;
  readonly user_id: string;
  readonly [column: string]: unknown;
}

/**
 * Stores a row that belongs to a user.
 *
 * @param now also deletes those of the user's sessions whose idle period is over by then. Default: none
 * @throws LuciaError `AUTH_INVALID_USER_ID`, or the code for an id that is taken; nothing is stored then
 */
export type InsertOwned = (table: Table, row: OwnedRow, now?: number) => Promise<void>;

/**
 * Rows are inserted from the row of their user, in one statement: a missing user is found without a
 * foreign key, and without an error of the database.
 */
export function insertOwned({ db, spec, prepare, idIs, cut, dead }: AdapterContext) {
  const { dataModifyingCtes, locksRows } = spec;
  // Seen by what the two tables have in common.
  const queries = db as unknown as Kysely<Record<string, OwnedRow>>;

  /** An id that is taken is an error of the database, which the dialect recognises. */
  const inPlainSql = (table: Table) =>
    prepare((userId: string, ...values: unknown[]) =>
      queries
        .insertInto(table)
        .columns(COLUMNS[table])
        .expression((eb) =>
          eb
            .selectFrom("auth_user")
            .select(listOf(table, values, "auth_user.id"))
            .where(idIs("auth_user.id", userId))
            // So that the user cannot be deleted in between, at any isolation level.
            .$if(locksRows, (select) => select.forUpdate()),
        ),
    );

  /**
   * Neither outcome is an error of the database, so that those that there are come from constraints of the
   * app's own. The user cannot be deleted in between.
   */
  const withCtes = (
    begin: typeof queries,
    table: Table,
    userId: string,
    values: readonly unknown[],
  ) =>
    begin
      .with("owner", (cte) =>
        cte
          .selectFrom("auth_user")
          .select("auth_user.id")
          .where(idIs("auth_user.id", userId))
          // Held by one at a time. Of several who held `for key share`, PostgreSQL 14 has overlooked one.
          .forNoKeyUpdate(),
      )
      .with("stored", (cte) =>
        cte
          .insertInto(table)
          .columns(COLUMNS[table])
          .expression((eb) => eb.selectFrom("owner").select(listOf(table, values, "owner.id")))
          .onConflict((conflict) => conflict.column("id").doNothing())
          .returning("id"),
      )
      .selectFrom("owner")
      .leftJoin("stored", (join) => join.onTrue())
      .select("stored.id");

  const plain = { auth_key: inPlainSql("auth_key"), auth_session: inPlainSql("auth_session") };
  const inCtes = (table: Table) =>
    prepare((userId: string, ...values: unknown[]) => withCtes(queries, table, userId, values));
  const ctes = { auth_key: inCtes("auth_key"), auth_session: inCtes("auth_session") };
  const afterCleaning = prepare((now: number, userId: string, ...values: unknown[]) => {
    // Nothing is read from what was deleted.
    const begin = dead.withDeletedOf(userId, now) as unknown as typeof queries;
    return withCtes(begin, "auth_session", userId, values);
  });

  const runPlain = async (run: Run, ...[table, row]: Parameters<InsertOwned>) => {
    const insert = plain[table](row.user_id, ...valuesOf(table, row));
    const { numAffectedRows } = await run(insert, { [`${table}.id`]: DUPLICATE_CODES[table] });
    if (numAffectedRows === 0n) throw new LuciaError("AUTH_INVALID_USER_ID");
  };

  const runCtes = async (run: Run, ...[table, row, now]: Parameters<InsertOwned>) => {
    const values = valuesOf(table, row);
    const { rows } = await run(
      now === undefined
        ? ctes[table](row.user_id, ...values)
        : afterCleaning(now, row.user_id, ...values),
    );
    if (!rows[0]) throw new LuciaError("AUTH_INVALID_USER_ID");
    if (rows[0].id === null) throw new LuciaError(DUPLICATE_CODES[table]);
  };

  return ({ attempt, atomically }: Statements): InsertOwned =>
    async (table, row, now) => {
      if (dataModifyingCtes) return await runCtes(attempt, table, row, now);
      // Should it fail, nothing was written yet.
      if (now !== undefined) await attempt(dead.deleteOf(row.user_id, now));
      const ids = { id: row.id, user_id: row.user_id };
      if (!cut.mayBeCut(table, ids)) return await runPlain(attempt, table, row);
      await atomically(async (run) => {
        await runPlain(run, table, row);
        await cut.assertStored(run, table, ids);
      });
    };
}

/** The row as a select list, with the user's id as it is stored. */
function listOf(table: Table, values: readonly unknown[], storedUserId: string) {
  return COLUMNS[table].map((column, index) =>
    (column === "user_id" ? sql.ref(storedUserId) : sql.val(values[index])).as(column),
  );
}

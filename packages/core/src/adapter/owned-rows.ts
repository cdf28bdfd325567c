import { type Kysely, sql } from "kysely";
import { LuciaError } from "lucia-auth";
import type { Tools } from "./kysely-adapter.js";
import type { Run, Statements } from "./statements.js";

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
 * @param cleaningAt also deletes those of the user's sessions whose idle period is over by then. Default: none
 * @throws LuciaError `AUTH_INVALID_USER_ID`, or the code for an id that is taken; nothing is stored then
 */
export type InsertOwned = (table: Table, row: OwnedRow, cleaningAt?: number) => Promise<void>;

/** The columns of each table, in the order in which a statement has them. */
const COLUMNS = {
  auth_key: ["id", "user_id", "hashed_password", "primary_key", "expires"],
  auth_session: ["id", "user_id", "active_expires", "idle_expires"],
} as const;

/**
 * Rows are inserted from the row of their user, in one statement: a missing user is found without a
 * foreign key, and without an error of the database.
 */
export function insertOwned({ db, spec, prepare, idIs, cut, dead }: Tools) {
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
  const withCtes = (table: Table, before = (_userId: string, _at?: number) => queries) =>
    prepare((userId: string, at: number | undefined, ...values: unknown[]) =>
      before(userId, at)
        .with("owner", (cte) =>
          cte
            .selectFrom("auth_user")
            .select("auth_user.id")
            .where(idIs("auth_user.id", userId))
            .forKeyShare(),
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
        .select("stored.id"),
    );

  const plain = { auth_key: inPlainSql("auth_key"), auth_session: inPlainSql("auth_session") };
  const ctes = { auth_key: withCtes("auth_key"), auth_session: withCtes("auth_session") };
  const cleaning = withCtes(
    "auth_session",
    // Nothing is read from what was deleted.
    (userId, at) => dead.withDeletedOf(userId, at) as unknown as typeof queries,
  );

  const runPlain = async (run: Run, ...[table, row]: Parameters<InsertOwned>) => {
    const insert = plain[table](row.user_id, ...valuesOf(table, row));
    const { numAffectedRows } = await run(insert, { [`${table}.id`]: DUPLICATE_CODES[table] });
    if (numAffectedRows === 0n) throw new LuciaError("AUTH_INVALID_USER_ID");
  };

  const runCtes = async (run: Run, ...[table, row, at]: Parameters<InsertOwned>) => {
    const insert = at === undefined ? ctes[table] : cleaning;
    const { rows } = await run(insert(row.user_id, at, ...valuesOf(table, row)));
    if (!rows[0]) throw new LuciaError("AUTH_INVALID_USER_ID");
    if (rows[0].id === null) throw new LuciaError(DUPLICATE_CODES[table]);
  };

  return ({ attempt, atomically }: Statements): InsertOwned =>
    async (table, row, cleaningAt) => {
      if (dataModifyingCtes) return await runCtes(attempt, table, row, cleaningAt);
      // Should it fail, nothing was written yet.
      if (cleaningAt !== undefined) await attempt(dead.deleteOf(row.user_id, cleaningAt));
      if (!cut.mayBeCut(table, row.id)) return await runPlain(attempt, table, row);
      await atomically(async (run) => {
        await runPlain(run, table, row);
        await cut.assertStored(run, table, row.id);
      });
    };
}

function valuesOf(table: Table, row: OwnedRow): unknown[] {
  return COLUMNS[table].map((column) => row[column]);
}

/** The row as a select list, with the user's id as it is stored. */
function listOf(table: Table, values: readonly unknown[], storedUserId: string) {
  return COLUMNS[table].map((column, index) =>
    (column === "user_id" ? sql.ref(storedUserId) : sql.val(values[index])).as(column),
  );
}

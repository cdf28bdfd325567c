import { CliError, EXIT } from "../errors.js";
import type { Database, RowEvent, Tables } from "./databases.js";
import { type Facts, type Problem, referring } from "./problems.js";

export type Purpose = keyof Tables;

/** What the app's triggers do has no copy, nor have columns of tables that inherit. */
export async function refuseObstacles(
  db: Database,
  purposes: readonly Purpose[],
  { mend, name }: Problem,
  { tables, databaseSql }: Facts,
): Promise<void> {
  const event: RowEvent = mend === "lock" ? "update" : "delete";
  for (const purpose of purposes) {
    const table = tables[purpose];
    const { rows } = await databaseSql.obstacles(table, event).execute(db);
    if (rows.length === 0) continue;
    throw new CliError(
      `${table} has a ${rows.map(({ what }) => what).join(" and a ")}: what comes of it when the rows of ${name} are changed is in no ` +
        "copy. Drop or disable it meanwhile, or mend those rows by yourself. Nothing was changed.",
      EXIT.failed,
    );
  }
}

/**
 * What refers to rows goes with them, or loses them, as its foreign key says: there is no copy of that.
 *
 * @param copy the table with those rows. It may compare ids otherwise than the one that they are in
 */
export async function refuseReferring(
  db: Database,
  copy: string,
  purpose: Purpose,
  problem: Problem,
  { references, tables }: Facts,
): Promise<void> {
  for (const reference of references[purpose]) {
    const row = await db
      .selectFrom(`${tables[purpose]} as t`)
      .select("t.id")
      .where("t.id", "in", db.selectFrom(copy).select("id"))
      .where((eb) => eb.exists(referring(eb, reference)))
      .limit(1)
      .executeTakeFirst();
    if (!row) continue;
    const columns = reference.map(({ table, column }) => `${table}.${column}`).join(", ");
    throw new CliError(
      `${columns} refers to rows of ${problem.name}, and would be changed with them. Decide what is to become of those rows ` +
        "first. Nothing was changed.",
      EXIT.failed,
    );
  }
}

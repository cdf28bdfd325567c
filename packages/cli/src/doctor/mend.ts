import type { App } from "../app.js";
import { CliError, EXIT } from "../errors.js";
import type { AnyTables, Database } from "./databases.js";
import type { Facts, Problem } from "./problems.js";
import { type Backup, putBack } from "./put-back.js";
import { type Purpose, refuseObstacles, refuseReferring } from "./refuse.js";

/** No hash of any password. */
const LOCKED = "!";

/** What was done about a problem. */
export interface Mended {
  readonly name: string;
  readonly rows: number;
  /** The tables that have the rows as they were. */
  readonly backups: readonly string[];
  /** The statements that put them back, in their order. */
  readonly putBack: readonly string[];
}

interface Attempt {
  /** How many rows somebody has agreed to. */
  readonly agreed: number;
  /** Of this run, for the names of the backup tables. */
  readonly stamp: string;
  /** Rolls it back. */
  readonly signal: AbortSignal;
}

/**
 * Mends one problem: all of it or nothing. The rows are locked, and copied to new tables, by which they are then found.
 *
 * @throws CliError where they were changed in the meantime, and where something else would be changed with them
 */
export async function mend(
  app: App,
  problem: Problem,
  facts: Facts,
  { agreed, stamp, signal }: Attempt,
): Promise<Mended> {
  const { tables, databaseSql } = facts;
  // What belongs to users goes with them.
  const purposes: Purpose[] = problem.table === "user" ? ["user", "session"] : [problem.table];
  const outside = (app.db as unknown as Database).withoutPlugins();
  await refuseObstacles(outside, purposes, problem, facts);
  const backups: Backup[] = [];
  let rows = 0;
  let kept: readonly Backup[];
  try {
    // Outside of the transaction, which they would end on MySQL.
    for (const purpose of purposes) {
      const table = tables[purpose];
      const name = backupName(purpose, problem, table, stamp);
      const found = await databaseSql.columns(table).execute(outside);
      const columns = found.rows.map((column) => column.name);
      backups.push({ name, table, columns });
      for (const statement of databaseSql.emptyCopy(name, table, columns)) {
        await statement.execute(outside);
      }
    }
    rows = await copyAndMend(app, problem, facts, backups, { agreed, signal });
  } finally {
    kept = await dropEmpty(outside, backups);
  }
  return {
    name: problem.name,
    rows,
    backups: kept.map(({ name }) => name),
    putBack: kept.map((backup) => putBack(outside, backup, problem, databaseSql)),
  };
}

/** Returns how many rows were mended. */
async function copyAndMend(
  app: App,
  problem: Problem,
  facts: Facts,
  backups: readonly Backup[],
  { agreed, signal }: Omit<Attempt, "stamp">,
): Promise<number> {
  const { databaseSql } = facts;
  const [own, sessions] = backups as [Backup, Backup?];
  return await app.transaction(
    async ({ db: typed }) => {
      const db = (typed as unknown as Database).withoutPlugins();
      for (const statement of databaseSql.preparation) await statement.execute(db);
      const copied = await db
        .insertInto(own.name)
        .columns(own.columns)
        .expression((eb) =>
          eb
            .selectFrom(`${own.table} as t`)
            .select(own.columns.map((column) => `t.${column}`))
            .where((inner) => problem.where(inner as AnyTables, facts))
            .$if(databaseSql.locksRows, (query) => query.forUpdate()),
        )
        .executeTakeFirst();
      if (Number(copied.numInsertedOrUpdatedRows) > agreed) throw changedMeanwhile(problem);
      // What was written while the locks were waited for is seen from here on.
      const changed = await db
        .selectFrom(`${own.name} as t`)
        .select("t.id")
        .where((eb) => eb.not(problem.where(eb, facts)))
        .limit(1)
        .executeTakeFirst();
      if (changed) throw changedMeanwhile(problem);
      if (problem.mend === "remove")
        await refuseReferring(db, own.name, problem.table, problem, facts);
      const saved = db.selectFrom(own.name).select("id");
      if (sessions) {
        const ofThem = (eb: AnyTables) => eb("user_id", "in", saved);
        const kept = await db
          .insertInto(sessions.name)
          .columns(sessions.columns)
          .expression((eb) => eb.selectFrom(sessions.table).select(sessions.columns).where(ofThem))
          .executeTakeFirst();
        await refuseReferring(db, sessions.name, "session", problem, facts);
        const gone = await db.deleteFrom(sessions.table).where(ofThem).executeTakeFirst();
        if (gone.numDeletedRows !== kept.numInsertedOrUpdatedRows) throw changedMeanwhile(problem);
      }
      const mended =
        problem.mend === "lock"
          ? await db
              .updateTable(own.table)
              .set({ hashed_password: LOCKED })
              .where("id", "in", saved)
              .executeTakeFirst()
              .then(({ numUpdatedRows }) => numUpdatedRows)
          : await db
              .deleteFrom(own.table)
              .where("id", "in", saved)
              .executeTakeFirst()
              .then(({ numDeletedRows }) => numDeletedRows);
      if (mended !== copied.numInsertedOrUpdatedRows) throw changedMeanwhile(problem);
      return Number(mended);
    },
    // So that each statement sees what was committed before it.
    { isolationLevel: "read committed", signal },
  );
}

/** Drops backups that nothing is in, and returns the others. Where a database does not answer any more, all stay. */
async function dropEmpty(db: Database, backups: readonly Backup[]): Promise<readonly Backup[]> {
  const kept: Backup[] = [];
  for (const backup of backups) {
    const found = await db
      .selectFrom(backup.name)
      .select("id")
      .limit(1)
      .execute()
      .catch(() => undefined);
    if (found?.length === 0)
      await db.schema
        .dropTable(backup.name)
        .execute()
        .catch(() => {});
    else kept.push(backup);
  }
  return kept;
}

/** In the schema of the table, and within the 63 characters that databases have for a name. */
function backupName(purpose: Purpose, problem: Problem, table: string, stamp: string): string {
  const schema = table.split(".").slice(0, -1);
  const name = `backup_${stamp}_${purpose}_of_${problem.name.replaceAll("-", "_")}`;
  return [...schema, name].join(".");
}

function changedMeanwhile({ name }: Problem): CliError {
  return new CliError(
    `The rows of ${name} were changed since they were shown: nothing was mended of them. Run it again, best while the app is stopped.`,
    EXIT.failed,
  );
}

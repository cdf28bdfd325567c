import type { App } from "../app.js";
import type { AnyTables, Database, Tables } from "./database.js";
import type { Facts, Problem } from "./problems.js";

/** No hash of any password. */
const LOCKED = "!";

/** What was done about a problem. */
export interface Mended {
  readonly name: string;
  readonly rows: number;
  /** The tables that have the rows as they were. */
  readonly backups: readonly string[];
}

/**
 * Mends one problem: all of it or nothing. The rows are copied to new tables first, by which they are then found.
 *
 * @param stamp the end of the names of those tables
 */
export async function mend(
  app: App,
  problem: Problem,
  facts: Facts,
  stamp: string,
): Promise<Mended> {
  const { tables } = facts;
  const purposes: (keyof Tables)[] =
    problem.table === "user" ? ["user", "session"] : [problem.table];
  const backups = new Map<keyof Tables, string>();
  for (const purpose of purposes) {
    const name = backupName(tables[purpose], problem.name, stamp);
    // Outside of the transaction, which it would end on MySQL. One that stays empty does no harm.
    await copyStructure(app.db as Database, tables[purpose], name);
    backups.set(purpose, name);
  }

  const rows = await app.transaction(async ({ db }) => {
    const trx = db as unknown as Database;
    const target = tables[problem.table];
    const backup = backups.get(problem.table) ?? "";
    await trx
      .insertInto(backup)
      .expression((eb) =>
        eb
          .selectFrom(`${target} as t`)
          .selectAll("t")
          .where((inner) => problem.where(inner as AnyTables, facts)),
      )
      .execute();
    const sessions = backups.get("session");
    if (problem.table === "user" && sessions !== undefined) {
      const ofThem = (eb: AnyTables) => eb("user_id", "in", eb.selectFrom(backup).select("id"));
      await trx
        .insertInto(sessions)
        .expression((eb) => eb.selectFrom(tables.session).selectAll().where(ofThem))
        .execute();
      await trx.deleteFrom(tables.session).where(ofThem).execute();
    }
    const saved = (eb: AnyTables) => eb("id", "in", eb.selectFrom(backup).select("id"));
    if (problem.mend === "lock") {
      await trx.updateTable(target).set({ hashed_password: LOCKED }).where(saved).execute();
    } else {
      await trx.deleteFrom(target).where(saved).execute();
    }
    const { count } = await trx
      .selectFrom(backup)
      .select(({ fn }) => fn.countAll().as("count"))
      .executeTakeFirstOrThrow();
    return Number(count);
  });
  return { name: problem.name, rows, backups: [...backups.values()] };
}

async function copyStructure(db: Database, table: string, name: string): Promise<void> {
  const nothing = db
    .selectFrom(table)
    .selectAll()
    .where((eb) => eb.lit(false));
  await db.schema.createTable(name).as(nothing).execute();
}

/** In the schema of the table. Databases have 63 characters for a name. */
function backupName(table: string, problem: string, stamp: string): string {
  const [name = "", schema] = table.split(".").reverse();
  const own = `${name.slice(0, 20)}_${problem.replaceAll("-", "_")}_${stamp}`;
  return schema === undefined ? own : `${schema}.${own}`;
}

import { ConfigurationError } from "../configuration-error.js";
import type { AnyKysely } from "../executor.js";
import { AUTH_TABLES } from "./auth-tables.js";
import { readTables } from "./plan.js";
import { refuse } from "./refuse.js";
import type { WantedTables } from "./statements.js";
import type { Step } from "./step.js";
import { strangeTables } from "./strange-tables.js";

/**
 * The statements that remove the auth tables that are there.
 *
 * @throws ConfigurationError where one of them has a row, as users are not removed by a migration, or is another table
 */
export async function planRemoval(
  db: AnyKysely,
  wanted: WantedTables,
): Promise<readonly Pick<Step, "statements">[]> {
  const { names } = wanted;
  const renamed = db.withoutPlugins().withPlugin(names.plugin);
  const live = await readTables(db, wanted);
  // Another table by that name is not ours to remove.
  refuse(strangeTables(live), wanted);
  const there = AUTH_TABLES.filter((table) => live[table]);
  for (const table of there) {
    const row = await renamed.selectFrom(table).select("id").limit(1).executeTakeFirst();
    if (!row) continue;
    throw new ConfigurationError(
      `migrate({ direction: "down" }) found rows in ${names.nameOf(table)}, and drops empty tables only. ` +
        "Delete them before, if they are not needed any more. Nothing was changed.",
    );
  }
  return there.toReversed().map((table) => ({ statements: [renamed.schema.dropTable(table)] }));
}

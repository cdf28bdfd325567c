import { ConfigurationError } from "../configuration-error.js";
import type { AnyKysely } from "../executor.js";
import { AUTH_TABLES, OWNED_TABLES } from "./auth-tables.js";
import { liveNameOf } from "./comparison.js";
import { droppedForeignKeysTable, readDroppedForeignKeys } from "./dropped-foreign-keys.js";
import { readTables } from "./plan.js";
import { refuse } from "./refuse.js";
import type { Step } from "./step.js";
import { strangeTables } from "./strange-tables.js";
import type { WantedTables } from "./wanted-tables.js";

/**
 * The statements that remove the auth tables that are there.
 *
 * @param lock keeps everybody else from these tables, before it is looked whether they have rows. Default: nobody is kept from them
 * @throws ConfigurationError where one of them has a row, as users are not removed by a migration, where it cannot be seen
 *   whether it has, where others refer to it, and where it is another table
 */
export async function planRemoval(
  db: AnyKysely,
  wanted: WantedTables,
  lock: (tables: readonly string[]) => Promise<void> = async () => {},
): Promise<readonly Pick<Step, "statements">[]> {
  const { names } = wanted;
  const renamed = db.withoutPlugins().withPlugin(names.plugin);
  const live = await readTables(db, wanted);
  // Another table by that name is not ours to remove.
  refuse(strangeTables(live), wanted);
  const there = AUTH_TABLES.filter((table) => live[table]);
  const own = OWNED_TABLES.map((table) => `${liveNameOf({ live, wanted }, table)}.user_id`);
  for (const table of there) {
    const others = live[table]?.referencedBy.filter((column) => !own.includes(column)) ?? [];
    if (others.length > 0)
      throw refusal(`${others.join(", ")} referring to ${names.nameOf(table)}`);
    if (live[table]?.hidesRows) {
      throw refusal(
        `${names.nameOf(table)} under row level security, which hides rows from this role`,
      );
    }
  }
  const notes = (await readDroppedForeignKeys(db.withoutPlugins(), wanted))
    ? [droppedForeignKeysTable(wanted)]
    : [];
  const removed = [...there.toReversed(), ...notes];
  if (removed.length > 0) await lock(removed);
  for (const table of there) {
    const row = await renamed.selectFrom(table).select("id").limit(1).executeTakeFirst();
    if (row) throw refusal(`rows in ${names.nameOf(table)}`);
  }
  return removed.map((table) => ({ statements: [renamed.schema.dropTable(table)] }));
}

function refusal(found: string): ConfigurationError {
  return new ConfigurationError(
    `The migration down found ${found}, and drops only empty tables that nothing depends on. Remove that before, if ` +
      "it is not needed any more. Nothing was changed.",
  );
}

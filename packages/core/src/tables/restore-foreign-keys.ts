import type { AnyKysely } from "../executor.js";
import { readDroppedForeignKeys } from "./dropped-foreign-keys.js";
import { readTables } from "./plan.js";
import { TableStatements } from "./statements.js";
import type { WantedTables } from "./wanted-tables.js";

/**
 * Adds the foreign keys again that were dropped to change their columns, where that has failed. Those that do not go with the
 * columns as they are now stay on hold for the next migration.
 */
export async function restoreForeignKeys(db: AnyKysely, wanted: WantedTables): Promise<void> {
  const keys = await readDroppedForeignKeys(db, wanted);
  if (!keys) return;
  const types = await wanted.spec.columnTypes(db);
  const statements = new TableStatements(db.withPlugin(wanted.names.plugin), wanted, types);
  const live = await readTables(db, wanted);
  let isWhole = true;
  for (const key of keys) {
    if (live[key.table]?.foreignKeys.some(({ name }) => name === key.name)) continue;
    const restore = statements.restoreForeignKey(key).compile();
    await db.executeQuery(restore).catch(() => {
      isWhole = false;
    });
  }
  if (isWhole) await db.executeQuery(statements.forgetForeignKeys().compile());
}

import type { AnyKysely } from "../executor.js";
import { restoreForeignKeys } from "./restore-foreign-keys.js";
import { MIGRATIONS, type MigrationName, type Step } from "./step.js";
import type { WantedTables } from "./wanted-tables.js";

/** The migration that a step is a part of. */
export function migrationOf({ migration = MIGRATIONS[0] }: Step): MigrationName {
  return migration;
}

/**
 * Runs the statements of steps, past the plugins of the app. Where one fails, the foreign keys that were dropped for it are there
 * again, as far as that can be.
 */
export async function runSteps(
  db: AnyKysely,
  wanted: WantedTables,
  steps: readonly Pick<Step, "statements">[],
): Promise<void> {
  const queries = db.withoutPlugins();
  try {
    for (const { statements = [] } of steps) {
      for (const statement of statements) await queries.executeQuery(statement.compile());
    }
  } catch (error) {
    // What has failed is what counts.
    await restoreForeignKeys(queries, wanted).catch(() => {});
    throw error;
  }
}

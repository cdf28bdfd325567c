import type { AnyKysely } from "../executor.js";
import { MIGRATIONS, type MigrationName, type Step } from "./step.js";

/** The migration that a step is a part of. */
export function migrationOf({ migration = MIGRATIONS[0] }: Step): MigrationName {
  return migration;
}

/** Runs the statements of a step, past the plugins of the app. */
export async function runStep(db: AnyKysely, { statements = [] }: Pick<Step, "statements">) {
  const queries = db.withoutPlugins();
  for (const statement of statements) await queries.executeQuery(statement.compile());
}

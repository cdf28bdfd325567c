import { ConfigurationError } from "../configuration-error.js";
import { messageOf } from "../describe-value.js";
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
 *
 * @throws ConfigurationError where a name is taken; whatever else the database says
 */
export async function runSteps(
  db: AnyKysely,
  wanted: WantedTables,
  steps: readonly Pick<Step, "statements">[],
): Promise<void> {
  const queries = db.withoutPlugins();
  try {
    for (const { statements = [] } of steps) {
      for (const statement of statements) {
        const compiled = statement.compile();
        await queries.executeQuery(compiled).catch((error: unknown) => {
          throw wanted.spec.classifyError(error) === "name_taken"
            ? nameTaken(compiled.sql, error, wanted)
            : error;
        });
      }
    }
  } catch (error) {
    // What has failed is what counts.
    await restoreForeignKeys(queries, wanted).catch(() => {});
    throw error;
  }
}

function nameTaken(statement: string, cause: unknown, { spec }: WantedTables): ConfigurationError {
  const state = spec.transactionalDdl
    ? "Nothing was changed."
    : "What was run before stays, and the next run goes on from there.";
  return new ConfigurationError(
    `The migration cannot run \`${statement}\`, as a name in it is taken: the database said "${messageOf(cause)}". Rename or drop what has ` +
      "that name, such as an index, a view or a type, or a foreign key of another table; or give the auth tables other names with the option " +
      `\`tables\`. ${state}`,
    { cause },
  );
}

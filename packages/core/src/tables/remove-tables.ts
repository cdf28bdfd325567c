import type { AnyKysely } from "../executor.js";
import { andFinally } from "./and-finally.js";
import { planRemoval } from "./plan-removal.js";
import { runSteps } from "./run-steps.js";
import type { Step } from "./step.js";
import type { WantedTables } from "./wanted-tables.js";

/**
 * Removes the auth tables that are there. Nobody writes to them between the look whether they are empty and their end.
 *
 * @throws ConfigurationError where they are not to be removed: see `planRemoval`
 */
export async function removeTables(
  db: AnyKysely,
  wanted: WantedTables,
): Promise<readonly Pick<Step, "statements">[]> {
  const { names, spec } = wanted;
  const remove = async (connection: AnyKysely) => {
    const renamed = connection.withoutPlugins().withPlugin(names.plugin);
    const lock = async (tables: readonly string[]) => await spec.lockTables?.(renamed, tables);
    return await andFinally(
      async () => {
        const removal = await planRemoval(connection, wanted, lock);
        await runSteps(connection, wanted, removal);
        return removal;
      },
      async () => await spec.unlockTables?.(renamed),
    );
  };
  // Locks are of a connection, or of a transaction.
  return await (db.isTransaction ? remove(db) : db.connection().execute(remove));
}

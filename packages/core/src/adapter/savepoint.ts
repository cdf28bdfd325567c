import { CompiledQuery, type ConnectionProvider, type QueryExecutor } from "kysely";
import type { Executor } from "../executor.js";

let savepoints = 0;

/** Transactions whose work has returned. */
const settled = new WeakSet<Executor>();

/**
 * Ends the work of a transaction: savepoints that are open may come to their release, and none is
 * begun any more. Without it, a call that was not awaited could be committed by half.
 */
export async function settle(trx: Executor): Promise<void> {
  settled.add(trx);
  await trx.getExecutor().provideConnection(async () => {});
}

/**
 * Runs statements in a savepoint of a transaction: all of them take effect or none, and the
 * transaction stays usable.
 *
 * The connection is held from the savepoint to its release. A query that the app sends at the same
 * time in the same transaction therefore waits, and cannot be undone together with the savepoint.
 */
export function inSavepoint<T>(
  trx: Executor,
  work: (executor: QueryExecutor) => Promise<T>,
): Promise<T> {
  savepoints += 1;
  const name = `kysely_lucia_${savepoints}`;
  const executor = trx.getExecutor();
  return executor.provideConnection(async (connection) => {
    if (settled.has(trx)) {
      throw new Error("This transaction has ended. Await every call inside of it.");
    }
    const held: ConnectionProvider = { provideConnection: (consumer) => consumer(connection) };
    const command = async (sql: string) =>
      connection.executeQuery(CompiledQuery.raw(`${sql} ${name}`));
    await command("savepoint");
    try {
      const result = await work(executor.withConnectionProvider(held));
      await command("release savepoint");
      return result;
    } catch (error) {
      // Where this fails, the transaction is over: the error that ended it is the one to report.
      await command("rollback to savepoint").catch(() => {});
      throw error;
    }
  });
}

import { CompiledQuery, type ConnectionProvider, type QueryExecutor } from "kysely";
import type { Executor } from "../dialect-spec.js";

/** Statements that run on the executor they are given, and nowhere else. */
type Work<T> = (executor: QueryExecutor) => Promise<T>;

/**
 * Runs several statements of which all take effect or none: in a transaction of their own, or, where
 * `db` is a transaction already, in a savepoint of it, which leaves that transaction usable.
 */
export async function atomically<T>(db: Executor, work: Work<T>): Promise<T> {
  if (db.isTransaction) return inSavepoint(db.getExecutor(), work);
  return db.transaction().execute((trx) => work(trx.getExecutor()));
}

let savepoints = 0;

/**
 * The connection is held from the savepoint to its release. A query that the app sends at the same
 * time in the same transaction therefore waits, and cannot be undone together with the savepoint.
 */
function inSavepoint<T>(executor: QueryExecutor, work: Work<T>): Promise<T> {
  savepoints += 1;
  const name = `kysely_lucia_${savepoints}`;
  return executor.provideConnection(async (connection) => {
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

import { CompiledQuery, type DatabaseConnection } from "kysely";
import { Lease } from "./lease.js";

let savepoints = 0;

/**
 * Runs work in a savepoint: all of it takes effect or nothing, and the transaction stays usable. A COMMIT
 * waits for it, so that a call that was not awaited cannot be committed by half.
 *
 * The connection has to be held for as long as it takes. A query that the app sends at the same time in
 * the same transaction therefore waits, and cannot be undone together with the savepoint.
 */
export function inSavepoint<T>(connection: DatabaseConnection, work: () => Promise<T>): Promise<T> {
  savepoints += 1;
  const name = `kysely_lucia_${savepoints}`;
  const command = (sql: string) => connection.executeQuery(CompiledQuery.raw(`${sql} ${name}`));
  const run = async () => {
    await command("savepoint");
    try {
      const result = await work();
      await command("release savepoint");
      return result;
    } catch (error) {
      // Where this fails, the transaction is over: the error that ended it is the one to report.
      await command("rollback to savepoint").catch(() => {});
      throw error;
    }
  };
  // Every connection of a guarded dialect is one.
  return connection instanceof Lease ? connection.whole(run) : run();
}

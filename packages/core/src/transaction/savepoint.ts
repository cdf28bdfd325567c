import { CompiledQuery, type DatabaseConnection } from "kysely";
import { leaseOf } from "./lease.js";

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
  // Letters and digits of our own: nothing in it has to be quoted.
  const name = `kysely_lucia_${savepoints}`;
  const command = (sql: string) => connection.executeQuery(CompiledQuery.raw(`${sql} ${name}`));
  const lease = leaseOf(connection);
  return lease.runWhole(async () => {
    await command("savepoint");
    try {
      const result = await work();
      await command("release savepoint");
      return result;
    } catch (error) {
      await command("rollback to savepoint").catch((failure: unknown) => {
        lease.breakOff("a savepoint of it could not be undone", failure);
      });
      // What ended the transaction, if anything did, is the error to report.
      throw error;
    }
  });
}

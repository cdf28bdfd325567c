import { Kysely } from "kysely";
import { ConfigurationError } from "../configuration-error.js";
import { describeValue } from "../describe-value.js";
import type { AnyKysely } from "../executor.js";

/**
 * Makes sure that `authOn` was given a transaction of the app's `db`, and not one of another database.
 *
 * @throws ConfigurationError
 */
export function assertTransactionOf(
  db: AnyKysely,
  trx: unknown,
  { adapter }: { readonly adapter?: unknown },
): void {
  if (adapter) {
    throw new ConfigurationError(
      "`authOn` was called, but with the option `adapter` there is no `auth` for a transaction: an official " +
        "adapter cannot be put on one.",
    );
  }
  if (!(trx instanceof Kysely) || !trx.isTransaction) {
    const given = trx === db ? "the outer `db`" : describeValue(trx);
    throw new ConfigurationError(
      `authOn was given ${given}. Expected a transaction of this \`db\`: what \`db.transaction().execute(` +
        "async (trx) => …)` calls with, or what `await db.startTransaction().execute()` returns.",
    );
  }
  // Kysely makes one adapter for each instance, and hands it on to its transactions.
  if (trx.getExecutor().adapter !== db.getExecutor().adapter) {
    throw new ConfigurationError(
      "authOn was given a transaction that was begun on another Kysely instance. Begin it on the `db` that " +
        "the same factory has returned.",
    );
  }
}

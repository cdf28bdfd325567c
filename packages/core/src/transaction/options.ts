import type { IsolationLevel } from "kysely";
import {
  abortSignal,
  checkCallOptions,
  oneOf,
  type Rules,
  wholeNumber,
} from "../check-call-options.js";
import { ConfigurationError } from "../configuration-error.js";
import { describeValue } from "../describe-value.js";

/** How a transaction is run. */
export interface TransactionOptions {
  /**
   * Default: the database's own. SQLite takes any of them, and is always serializable. Inside of another
   * transaction to be left out, or the same as of the outermost one.
   */
  isolationLevel?: Exclude<IsolationLevel, "snapshot">;
  /**
   * How often the work is called again, at most, after an error that says that nothing was stored and
   * that another attempt may succeed: a serialization failure, a deadlock, or a SQLite database that
   * another process has locked. With random pauses of up to 10 ms at first, and 1 s at last. Default: 0, as
   * only you know whether the work can be repeated: a mail that it sends is sent again.
   *
   * Inside of another transaction it has no effect: what fails in this way ends the one around as well.
   */
  retries?: number;
  /**
   * Rolls the transaction back when it is aborted, whatever the work is doing, and rejects with the
   * signal's reason. A query that the server is busy with is waited for. Once the work is done and COMMIT
   * is sent, it has no effect.
   */
  signal?: AbortSignal;
}

const RULES: Rules = {
  isolationLevel: oneOf([
    "read uncommitted",
    "read committed",
    "repeatable read",
    "serializable",
  ] satisfies TransactionOptions["isolationLevel"][]),
  retries: wholeNumber(0, 3),
  signal: abortSignal,
};

/** @throws ConfigurationError for what cannot work, before anything is begun */
export function checkTransaction(work: unknown, options: unknown): void {
  if (typeof work !== "function") {
    throw new ConfigurationError(
      `transaction was given ${describeValue(work)}. Expected a function: async ({ db, auth }) => ….`,
    );
  }
  checkCallOptions("transaction", options, RULES);
}

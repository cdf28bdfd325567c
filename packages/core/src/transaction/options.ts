import type { IsolationLevel } from "kysely";
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

const ISOLATION_LEVELS: readonly unknown[] = [
  "read uncommitted",
  "read committed",
  "repeatable read",
  "serializable",
] satisfies TransactionOptions["isolationLevel"][];

const OPTIONS = ["isolationLevel", "retries", "signal"];

/** @throws ConfigurationError for what cannot work, before anything is begun */
export function checkTransaction(work: unknown, options: TransactionOptions = {}): void {
  if (typeof work !== "function") {
    fail(
      `transaction was given ${describeValue(work)}. Expected a function: async ({ db, auth }) => ….`,
    );
  }
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    fail(`The options of transaction are ${describeValue(options)}. Expected an object.`);
  }
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name));
  if (unknown) {
    fail(`transaction has no option \`${unknown}\`. The options are: ${OPTIONS.join(", ")}.`);
  }
  const { isolationLevel, retries, signal } = options;
  if (isolationLevel !== undefined && !ISOLATION_LEVELS.includes(isolationLevel)) {
    fail(
      `The option \`isolationLevel\` of transaction is ${given(isolationLevel)}. Expected one of: ` +
        `${ISOLATION_LEVELS.join(", ")}.`,
    );
  }
  if (retries !== undefined && !(Number.isSafeInteger(retries) && retries >= 0)) {
    fail(
      `The option \`retries\` of transaction is ${given(retries)}. Expected a number such as 3.`,
    );
  }
  // Also one of another realm, such as a test environment's.
  if (signal !== undefined && typeof Object(signal).throwIfAborted !== "function") {
    fail(
      `The option \`signal\` of transaction is ${describeValue(signal)}. Expected an AbortSignal.`,
    );
  }
}

function given(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : describeValue(value);
}

function fail(message: string): never {
  throw new ConfigurationError(message);
}

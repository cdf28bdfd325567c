import type { Driver } from "kysely";
import { ConfigurationError } from "../configuration-error.js";

const refuse = async (): Promise<never> => {
  throw new ConfigurationError(
    "The `db` of a transaction has no connections of its own to begin a transaction on, or to close. Call `transaction` inside of " +
      "it: it becomes a savepoint.",
  );
};

/**
 * The driver of a `db` that is a transaction. Queries have their connection already: Kysely asks the driver
 * only to begin a transaction of its own (`startTransaction`).
 */
export const refusingDriver: Driver = {
  init: refuse,
  acquireConnection: refuse,
  beginTransaction: refuse,
  commitTransaction: refuse,
  rollbackTransaction: refuse,
  releaseConnection: refuse,
  destroy: refuse,
};

import { ConfigurationError, describeValue } from "@kysely-lucia/core";
import type { PostgresPool } from "./postgres-pool.js";

const EXPECTED = "Expected a pool of `pg` that was not ended: `pool: new pg.Pool({ … })`.";

/**
 * Refuses what is not a pool of `pg`, or was ended. Connects to nothing.
 *
 * @throws ConfigurationError
 */
export function checkPool(pool: unknown): PostgresPool {
  if (!isPool(pool)) {
    throw new ConfigurationError(`The option \`pool\` is ${describeValue(pool)}. ${EXPECTED}`);
  }
  if (pool.ending) {
    throw new ConfigurationError(`The option \`pool\` is a pool that was ended. ${EXPECTED}`);
  }
  return pool;
}

/** By shape, so that subclasses and a second copy of `pg` in an app do no harm. */
function isPool(value: unknown): value is PostgresPool {
  return (
    typeof value === "object" &&
    value !== null &&
    "ending" in value &&
    ["connect", "end"].every((method) => typeof Reflect.get(value, method) === "function")
  );
}

import { ConfigurationError, describeValue } from "@kysely-lucia/core";
import type { PostgresPool } from "./postgres-pool.js";

const EXPECTED =
  "Expected a pool of `pg` that was not ended: `pool: new pg.Pool({ connectionString: url })`.";

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
  if (Object(Reflect.get(pool, "options")).binary === true) {
    throw new ConfigurationError(
      "The option `pool` has `binary: true`, with which times do not arrive as they were stored, and " +
        "sessions that are over would be valid. Leave `binary` out.",
    );
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

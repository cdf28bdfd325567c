import { ConfigurationError, describeValue } from "@kysely-lucia/core";
import type { MysqlCallbackPool } from "./mysql-pool.js";

const EXPECTED =
  "Expected a pool of `mysql2` or `mysql2/promise` that was not ended: `pool: createPool(url)`.";

/**
 * Refuses what is not a pool of `mysql2`, was ended, or has a setting under which ids would not arrive
 * as they were stored. Connects to nothing.
 *
 * @returns the pool with callbacks, which lies below one of `mysql2/promise`
 * @throws ConfigurationError
 */
export function checkPool(value: unknown): MysqlCallbackPool {
  const pool = isObject(value) && "pool" in value ? value.pool : value;
  if (!isPool(pool)) {
    throw new ConfigurationError(`The option \`pool\` is ${describeValue(value)}. ${EXPECTED}`);
  }
  if (isEnded(pool)) {
    throw new ConfigurationError(`The option \`pool\` is a pool that was ended. ${EXPECTED}`);
  }
  refuseSettings(pool);
  return pool;
}

/** `mysql2` says it in no other way. */
export const isEnded = (pool: object): boolean => Reflect.get(pool, "_closed") === true;

/** By shape, so that a second copy of `mysql2` in an app does no harm. `mysql` has no `promise`. */
function isPool(value: unknown): value is MysqlCallbackPool {
  return (
    isObject(value) &&
    ["getConnection", "promise", "end"].every(
      (method) => typeof Reflect.get(value, method) === "function",
    )
  );
}

function refuseSettings(pool: object): void {
  const { typeCast, charsetNumber } = settingsOf(pool);
  if (typeCast === false) {
    throw new ConfigurationError(
      "The option `pool` has `typeCast: false`, with which every value arrives as a Buffer, ids as well. " +
        "Leave `typeCast` out, or give a function that leaves columns of text to its `next`.",
    );
  }
  if (typeof charsetNumber === "number" && !isUtf8mb4(charsetNumber)) {
    throw new ConfigurationError(
      "The option `pool` has a `charset` other than utf8mb4, in which ids with other characters would " +
        "become one and the same. Leave `charset` out.",
    );
  }
}

/** A `typeCast` function is not called in the same way for the rows of prepared statements. */
export const readsValuesItself = (pool: object): boolean =>
  typeof settingsOf(pool).typeCast === "function";

/** Whether it makes objects of rows, with the columns by their names. */
export function makesPlainRows(pool: object): boolean {
  const { rowsAsArray, nestTables } = settingsOf(pool);
  return !rowsAsArray && !nestTables;
}

interface Settings {
  readonly typeCast?: unknown;
  readonly rowsAsArray?: unknown;
  readonly nestTables?: unknown;
  readonly charsetNumber?: unknown;
}

function settingsOf(pool: object): Settings {
  const config: unknown = Reflect.get(pool, "config");
  const settings = isObject(config) ? Reflect.get(config, "connectionConfig") : undefined;
  return isObject(settings) ? settings : {};
}

/** The numbers of the collations of utf8mb4: https://dev.mysql.com/doc/refman/8.4/en/charset-unicode-sets.html */
function isUtf8mb4(collation: number): boolean {
  return [
    [45, 46],
    [224, 247],
    [255, 323],
  ].some(([first = 0, last = 0]) => collation >= first && collation <= last);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

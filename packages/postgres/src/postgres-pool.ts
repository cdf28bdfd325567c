import type { PostgresPool as KyselyPostgresPool } from "kysely";

/**
 * The part of a `pg.Pool` that is used: what Kysely uses of it, and what tells whether it was ended.
 * Described here, so that an app needs no particular release of `pg` or of its types.
 */
export interface PostgresPool extends KyselyPostgresPool {
  /** Whether `end()` was called. */
  readonly ending: boolean;
}

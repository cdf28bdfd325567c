import {
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryCompiler,
} from "kysely";
import { PgDriver } from "./driver.js";
import type { PostgresPool } from "./postgres-pool.js";
import type { PreparedStatements } from "./prepared-statements.js";

/** Kysely's dialect for PostgreSQL on our own driver. */
export class PgDialect implements Dialect {
  readonly #pool: PostgresPool;
  readonly #prepared: PreparedStatements;

  /** @param prepared the statements that have a name on the pool's connections */
  constructor(pool: PostgresPool, prepared: PreparedStatements) {
    this.#pool = pool;
    this.#prepared = prepared;
  }

  createDriver(): Driver {
    return new PgDriver(this.#pool, this.#prepared);
  }

  createQueryCompiler(): QueryCompiler {
    return new PostgresQueryCompiler();
  }

  createAdapter(): DialectAdapter {
    return new PostgresAdapter();
  }

  // biome-ignore lint/suspicious/noExplicitAny: Kysely's own signature
  createIntrospector(db: Kysely<any>): DatabaseIntrospector {
    return new PostgresIntrospector(db);
  }
}

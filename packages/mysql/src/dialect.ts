import {
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  MysqlAdapter,
  MysqlIntrospector,
  MysqlQueryCompiler,
  type QueryCompiler,
} from "kysely";
import { Mysql2Driver } from "./driver.js";
import type { MysqlCallbackPool } from "./mysql-pool.js";
import type { PreparedStatements } from "./prepared-statements.js";

/** Kysely's dialect for MySQL and MariaDB on our own driver. */
export class Mysql2Dialect implements Dialect {
  readonly #pool: MysqlCallbackPool;
  readonly #prepared: PreparedStatements;

  /** @param prepared the statements that are prepared on the pool's connections */
  constructor(pool: MysqlCallbackPool, prepared: PreparedStatements) {
    this.#pool = pool;
    this.#prepared = prepared;
  }

  createDriver(): Driver {
    return new Mysql2Driver(this.#pool, this.#prepared);
  }

  createQueryCompiler(): QueryCompiler {
    return new MysqlQueryCompiler();
  }

  createAdapter(): DialectAdapter {
    return new MysqlAdapter();
  }

  // biome-ignore lint/suspicious/noExplicitAny: Kysely's own signature
  createIntrospector(db: Kysely<any>): DatabaseIntrospector {
    return new MysqlIntrospector(db);
  }
}

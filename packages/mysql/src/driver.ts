import { PoolDriver, RELEASED } from "@kysely-lucia/core";
import type { DatabaseConnection, TransactionSettings } from "kysely";
import { makesPlainRows } from "./check-pool.js";
import { MysqlConnection } from "./connection.js";
import type { MysqlCallbackPool, MysqlPoolConnection } from "./mysql-pool.js";
import type { PreparedStatements } from "./prepared-statements.js";

/**
 * Kysely's driver for a pool of `mysql2`: rows are objects whatever the pool is told, values cannot end the text that
 * they are quoted in, nothing passes once a transaction has ended in another way than by its own COMMIT or ROLLBACK,
 * and no connection goes back to the pool in the middle of one, or in a state that is not known.
 */
export class MysqlDriver extends PoolDriver {
  readonly #pool: MysqlCallbackPool;
  readonly #prepared: PreparedStatements;
  readonly #rowsArePlain: boolean;
  readonly #checked = new WeakSet<MysqlPoolConnection>();

  constructor(pool: MysqlCallbackPool, prepared: PreparedStatements) {
    super();
    this.#pool = pool;
    this.#prepared = prepared;
    this.#rowsArePlain = makesPlainRows(pool);
  }

  acquireConnection(): Promise<DatabaseConnection> {
    return new Promise((resolve, reject) => {
      this.#pool.getConnection((error, raw) => {
        if (error) return reject(error);
        const connection = new MysqlConnection(raw, this.#prepared, this.#rowsArePlain);
        resolve(this.#checked.has(raw) ? connection : this.#check(raw, connection));
      });
    });
  }

  async #check(raw: MysqlPoolConnection, connection: MysqlConnection): Promise<MysqlConnection> {
    try {
      await connection.refuseUnsafeModes();
      this.#checked.add(raw);
      return connection;
    } catch (error) {
      raw.destroy();
      throw error;
    }
  }

  releaseConnection(connection: MysqlConnection): Promise<void> {
    connection.release();
    return RELEASED;
  }

  protected beginning({ isolationLevel, accessMode }: TransactionSettings): readonly string[] {
    const level = isolationLevel && `isolation level ${isolationLevel}`;
    const settings = [level, accessMode].filter(Boolean).join(", ");
    return settings ? [`set transaction ${settings}`, "begin"] : ["begin"];
  }
}

import type { MysqlPool as KyselyMysqlPool } from "kysely";
import type { MysqlCallbackPool, MysqlPoolConnection } from "./mysql-pool.js";
import type { PreparedStatements } from "./prepared-statements.js";
import { SafeConnection } from "./safe-connection.js";

/**
 * The caller's pool as Kysely is given it: rows are objects whatever the pool is told, values cannot
 * end the text that they are quoted in, nothing passes once a transaction has ended in another way than
 * by its own COMMIT or ROLLBACK, and no connection goes back to the pool in the middle of one, or in a
 * state that is not known.
 *
 * @param end ends the pool, and does nothing if it was ended
 * @param prepared the statements that are prepared on its connections
 */
export function safePool(
  pool: MysqlCallbackPool,
  end: () => Promise<void>,
  prepared: PreparedStatements,
): KyselyMysqlPool {
  const checked = new WeakSet<MysqlPoolConnection>();

  const connect = async () => {
    const connection = await new Promise<MysqlPoolConnection>((resolve, reject) => {
      pool.getConnection((error, given) => (error ? reject(error) : resolve(given)));
    });
    const safe = new SafeConnection(connection, prepared);
    try {
      if (!checked.has(connection)) await safe.refuseUnsafeModes();
      checked.add(connection);
      return safe;
    } catch (error) {
      connection.destroy();
      throw error;
    }
  };

  return {
    getConnection: (callback) => {
      connect().then(
        (connection) => callback(null, connection),
        (error: unknown) => callback(error, undefined as never),
      );
    },
    end: (callback) => {
      end().then(() => callback(null), callback);
    },
  };
}

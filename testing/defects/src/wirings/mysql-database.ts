import { createPool, type Pool } from "mysql2";
import { createConnection, type RowDataPacket } from "mysql2/promise";
import { countMysqlTraffic } from "./traffic-mysql.js";
import type { PoolSettings, Probes } from "./wiring.js";

/** The app's pool. If it is impatient, it waits for no lock on MariaDB, and 1 s on MySQL. */
export function openMysql(location: string, { size, impatient, lenient }: PoolSettings): Pool {
  const pool = createPool({
    uri: location,
    ...(size !== undefined && { connectionLimit: size }),
  });
  // Sent before whatever the connection was made for.
  pool.on("connection", (connection) => {
    if (impatient) connection.query("SET SESSION lock_wait_timeout = 0");
    if (lenient) connection.query("SET SESSION sql_mode = ''");
  });
  return pool;
}

/** What is the same in each wiring on MySQL: `pool` is the app's. */
export function mysqlProbes(location: string, pool: Pool): Probes {
  return {
    sql: async (statement, ...parameters) => {
      const connection = await createConnection(location);
      try {
        const [rows] = await connection.query<RowDataPacket[]>(statement, parameters);
        return rows;
      } finally {
        await connection.end();
      }
    },

    refuse: async (what) => {
      const other = await createConnection(location);
      const lock = what === "queries" ? "WRITE" : "READ";
      const tables = ["auth_user", "auth_session", "auth_key", "note"];
      await other.query(`LOCK TABLES ${tables.map((table) => `${table} ${lock}`).join(", ")}`);
      return async () => {
        await other.query("UNLOCK TABLES");
        await other.end();
      };
    },

    isOpen: () => Reflect.get(pool, "_closed") !== true,

    countTraffic: countMysqlTraffic,
  };
}

import type { EventEmitter } from "node:events";
import type pg from "pg";
import type { Traffic } from "./wiring.js";

/** The connection below a client, which its types leave out: it emits each message of the server. */
type WithConnection = pg.PoolClient & { readonly connection: EventEmitter };

/** Counts what the server answers on the connections that the pool makes from now on. */
export function countPostgresTraffic(pool: pg.Pool): Traffic {
  const traffic = { statements: 0, rows: 0 };
  pool.on("connect", (client) => {
    const { connection } = client as WithConnection;
    connection.on("commandComplete", () => {
      traffic.statements += 1;
    });
    connection.on("dataRow", () => {
      traffic.rows += 1;
    });
  });
  return traffic;
}

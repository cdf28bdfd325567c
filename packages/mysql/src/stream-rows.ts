import type { MysqlPoolConnection, MysqlQueryOptions, MysqlRows } from "./mysql-pool.js";

/**
 * The rows of a query, as they come. mysql2 tells a query without a callback nothing of a connection that is
 * lost: its reader would wait for ever, and whoever waits for the reader.
 */
export function streamRows(
  connection: MysqlPoolConnection,
  query: MysqlQueryOptions,
  options: object,
): MysqlRows {
  const command = connection.query(query);
  const rows = command.stream(options);
  const lose = (error: Error) => rows.destroy(error);
  connection.once("error", lose);
  // All rows are here. A connection that is lost while they are being read takes none of them away.
  command.once("end", () => connection.off("error", lose));
  return rows;
}

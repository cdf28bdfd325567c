import type { MysqlPoolConnection, MysqlQueryOptions, MysqlRows } from "./mysql-pool.js";

/**
 * The rows of a query, as they come. mysql2 tells a query without a callback nothing of a connection that is
 * lost: its reader would wait for ever, and whoever waits for the reader.
 */
export function streamRows(
  connection: MysqlPoolConnection,
  query: MysqlQueryOptions,
  values: unknown[],
): MysqlRows {
  let rows: MysqlRows | undefined;
  let lost: Error | undefined;
  const lose = (error: Error) => {
    lost = error;
    rows?.destroy(error);
  };
  // Before it is sent: one that was lost before says so at once.
  connection.once("error", lose);
  const command = connection.query({ ...query, values });
  // All rows are here. A connection that is lost while they are being read takes none of them away.
  command.once("end", () => connection.off("error", lose));
  // An error that comes when the reader has left is nobody's; without a listener it would be the connection's.
  command.once("error", ignore);
  rows = command.stream();
  if (lost) rows.destroy(lost);
  return rows;
}

function ignore(): void {}

import { createMysqlDatabase, startOwnMariadb } from "@kysely-lucia/services";
import { createConnection, type RowDataPacket } from "mysql2/promise";
import { openOnMysql } from "../apps/mysql.js";
import { inStream, inStreamOfTransaction } from "../stream-moments.js";
import { firstColumn, type System } from "./system.js";

/** MariaDB on `mysql2`. */
export const mysql: System = {
  faults: [],
  moments: [inStream, inStreamOfTransaction],
  start: startOwnMariadb,
  createDatabase: createMysqlDatabase,

  open: openOnMysql,

  connect: async (url) => {
    const connection = await createConnection(url);
    connection.on("error", () => {});
    return {
      read: async (sql) => {
        const [rows] = await connection.query<RowDataPacket[]>(sql);
        return Array.isArray(rows) ? firstColumn(rows) : [];
      },
      end: async () => connection.destroy(),
    };
  },

  terminateOthers: async (beside) => {
    const ids = await beside.read(
      `select id from information_schema.processlist
       where db = database() and id <> connection_id()`,
    );
    // One may have ended by itself in the meantime.
    for (const id of ids) await beside.read(`kill ${id}`).catch(() => {});
  },

  // The table of transactions is not brought up to date while it is asked for again and again.
  waitingSql: `select variable_value from information_schema.global_status
    where variable_name = 'Innodb_row_lock_current_waits' and variable_value > 0`,
  endsTransaction: /commit/,
  signsUp: /commit/,
};

import { createPool, type Pool } from "mysql2";
import { createConnection } from "mysql2/promise";
import type { Admin, Facts } from "./dialect.js";

const facts: Facts = {
  name: "mysql",
  idType: "varchar(255)",
  serial: "bigint auto_increment primary key",
  timeType: "datetime(3)",
  quote: (name) => `\`${name}\``,
  concat: (...expressions) => `concat(${expressions.join(", ")})`,
  tenDigits: (expression) => `lpad(${expression}, 10, '0')`,
  boolean: (value) => (value ? "1" : "0"),
  time: (time) => `timestamp '${time.toISOString().slice(0, -1).replace("T", " ")}'`,
};

export function openMysql(location: string, poolSize: number): Pool {
  return createPool({ uri: location, connectionLimit: poolSize });
}

export async function administerMysql(location: string): Promise<Admin> {
  const connection = await createConnection(location);
  const run = async (sql: string) => {
    await connection.query(sql);
  };
  return {
    ...facts,
    run,
    ask: async (sql) => {
      const [rows] = await connection.query({ sql, rowsAsArray: true });
      return Array.isArray(rows) && Array.isArray(rows[0]) ? rows[0][0] : undefined;
    },
    empty: async (tables) => {
      // It truncates no table that another refers to, even where that is empty.
      await run("set foreign_key_checks = 0");
      for (const table of tables) await run(`truncate table ${table}`);
      await run("set foreign_key_checks = 1");
    },
    settle: (tables) => run(`analyze table ${tables.join(", ")}`),
    close: () => connection.end(),
  };
}

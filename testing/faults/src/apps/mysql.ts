import { kyselyLucia, schema } from "@kysely-lucia/mysql";
import { createPool, type Pool, type PoolOptions } from "mysql2";
import { type Database, options } from "../app.js";
import type { KyselyOptions } from "./index.js";
import { MAX, type OpenApp, type PoolKind } from "./open-app.js";

const settings: Readonly<Record<PoolKind, PoolOptions>> = {
  usual: {},
  single: {},
  impatient: { waitForConnections: false },
};

/** An app on MySQL or MariaDB. */
export function openOnMysql(
  url: string,
  kind: PoolKind = "usual",
  kysely: KyselyOptions = {},
): OpenApp {
  const max = MAX[kind];
  const pool = createPool({ uri: url, connectionLimit: max, ...settings[kind] });
  return {
    app: kyselyLucia({ ...options, kysely, pool, schema: schema<Database>() }),
    pool: {
      max,
      load: () => ({
        inUse: lengthOf(pool, "_allConnections") - lengthOf(pool, "_freeConnections"),
        waiting: lengthOf(pool, "_connectionQueue"),
      }),
      take: async () => {
        const connection = await pool.promise().getConnection();
        await connection.query("select 1");
        return () => connection.release();
      },
    },
  };
}

/** `mysql2` tells it in no other way. */
function lengthOf(pool: Pool, list: "_allConnections" | "_freeConnections" | "_connectionQueue") {
  return Number(Object(Reflect.get(pool, list)).length);
}

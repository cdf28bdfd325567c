import { kyselyLucia, schema } from "@kysely-lucia/postgres";
import pg from "pg";
import { type Database, options } from "../app.js";
import type { KyselyOptions } from "./index.js";
import { MAX, type OpenApp, PATIENCE_MS, type PoolKind } from "./open-app.js";

const settings: Readonly<Record<PoolKind, pg.PoolConfig>> = {
  usual: {},
  single: {},
  impatient: { connectionTimeoutMillis: PATIENCE_MS, query_timeout: PATIENCE_MS },
};

/** An app on PostgreSQL. */
export function openOnPostgres(
  url: string,
  kind: PoolKind = "usual",
  kysely: KyselyOptions = {},
): OpenApp {
  const max = MAX[kind];
  const pool = new pg.Pool({ connectionString: url, max, ...settings[kind] });
  // As an app that wants to know would do, and so that a run says nothing of what it is about.
  pool.on("error", () => {});
  return {
    app: kyselyLucia({ ...options, kysely, pool, schema: schema<Database>() }),
    pool: {
      max,
      load: () => ({ inUse: pool.totalCount - pool.idleCount, waiting: pool.waitingCount }),
      take: async () => {
        const client = await pool.connect();
        await client.query("select 1");
        return () => client.release();
      },
    },
  };
}

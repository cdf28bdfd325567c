import pg from "pg";
import { countPostgresTraffic } from "./traffic-postgres.js";
import type { PoolSettings, Probes } from "./wiring.js";

/** The app's pool. */
export function openPostgres(location: string, { size, impatient }: PoolSettings): pg.Pool {
  return new pg.Pool({
    connectionString: location,
    ...(impatient && { lock_timeout: 50 }),
    ...(size !== undefined && { max: size }),
  });
}

/** What is the same in each wiring on PostgreSQL: `pool` is the app's. */
export function postgresProbes(location: string, pool: pg.Pool): Probes {
  return {
    sql: async (statement, ...parameters) => {
      const client = await connect(location);
      try {
        let number = 0;
        const numbered = statement.replaceAll("?", () => {
          number += 1;
          return `$${number}`;
        });
        return (await client.query(numbered, parameters)).rows;
      } finally {
        await client.end();
      }
    },

    refuse: async (what) => {
      const other = await connect(location);
      const mode = what === "queries" ? "ACCESS EXCLUSIVE" : "EXCLUSIVE";
      await other.query("BEGIN");
      await other.query(`LOCK TABLE auth_user, auth_session, auth_key, note IN ${mode} MODE`);
      return async () => {
        await other.query("ROLLBACK");
        await other.end();
      };
    },

    isOpen: () => !pool.ended,

    countTraffic: () => countPostgresTraffic(pool),
  };
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
}

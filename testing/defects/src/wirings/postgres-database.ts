import pg from "pg";
import type { PoolSettings, Wiring } from "./wiring.js";

/** The app's pool. It waits for a lock for 50 ms only, so that a refused query fails soon. */
export function openPostgres(location: string, { size }: PoolSettings): pg.Pool {
  return new pg.Pool({
    connectionString: location,
    lock_timeout: 50,
    ...(size !== undefined && { max: size }),
  });
}

/** What is the same in each wiring on PostgreSQL: `pool` is the app's. */
export function postgresProbes(
  location: string,
  pool: pg.Pool,
): Pick<Wiring, "sql" | "refuse" | "isOpen"> {
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
  };
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
}

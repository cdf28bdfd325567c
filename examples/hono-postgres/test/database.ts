import { createPostgresDatabase, startPostgres } from "@kysely-lucia/services";
import pg from "pg";

/** A database of a test file's own, and a look into it beside the site. */
export interface Database {
  readonly url: string;
  query(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** How many rows each table has. */
  count(): Promise<Record<string, number>>;
  remove(): Promise<void>;
}

const TABLES = ["auth_user", "auth_key", "auth_session", "note"];

export async function openDatabase(): Promise<Database> {
  const server = await startPostgres();
  const { url, drop } = await createPostgresDatabase(server.url);
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const query = async (sql: string, values: readonly unknown[] = []) =>
    (await pool.query(sql, [...values])).rows;
  return {
    url,
    query,
    count: async () => {
      const counts = TABLES.map((table) => `(select count(*)::int from ${table}) as ${table}`);
      const [row] = await query(`select ${counts.join(", ")}`);
      return row as Record<string, number>;
    },
    remove: async () => {
      await pool.end();
      await drop();
      await server.stop();
    },
  };
}

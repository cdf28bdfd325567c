import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { randomDatabaseName, type TestDatabase, urlOf } from "./database.js";

const CLOSING_MS = 3000;

/**
 * Creates an empty PostgreSQL database with a random name.
 *
 * `drop` waits 3 seconds for the connections to it that are closing.
 *
 * @param serverUrl of a user who may create databases, such as the one of `startPostgres`
 * @throws Error by `drop`, where somebody is still connected
 * @throws pg.DatabaseError where the server refuses it
 * @example
 * ```ts
 * const { url, drop } = await createPostgresDatabase(server.url);
 * const pool = new Pool({ connectionString: url });
 * // ...
 * await pool.end();
 * await drop();
 * ```
 */
export async function createPostgresDatabase(serverUrl: string): Promise<TestDatabase> {
  const name = randomDatabaseName();
  const server = connect(serverUrl);
  await server.query(`create database ${name}`);
  return { url: urlOf(name, serverUrl), drop: () => drop(server, name) };
}

async function drop(server: pg.Pool, name: string): Promise<void> {
  const deadline = Date.now() + CLOSING_MS;
  // The server would wait for them too, in steps of 100 ms.
  while (await hasConnections(server, name)) {
    if (Date.now() > deadline) {
      throw new Error(
        `The database ${name} could not be dropped: somebody is connected to it. ` +
          "End all pools and clients first, and await that.",
      );
    }
    await wait(2);
  }
  await server.query(`drop database if exists ${name}`);
}

async function hasConnections(server: pg.Pool, name: string): Promise<boolean> {
  const { rows } = await server.query(
    "select from pg_stat_activity where datname = $1 and backend_type = 'client backend' limit 1",
    [name],
  );
  return rows.length > 0;
}

const servers = new Map<string, pg.Pool>();

/** One connection to each server, open while it is used, so that it keeps no process alive. */
function connect(url: string): pg.Pool {
  let pool = servers.get(url);
  if (!pool) {
    pool = new pg.Pool({
      connectionString: url,
      max: 1,
      idleTimeoutMillis: 500,
      allowExitOnIdle: true,
    });
    // The server may stop before the connection is closed.
    pool.on("error", () => {});
    servers.set(url, pool);
  }
  return pool;
}

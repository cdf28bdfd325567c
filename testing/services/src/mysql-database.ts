import { createConnection } from "mysql2/promise";
import { randomDatabaseName, type TestDatabase, urlOf } from "./database.js";

const LOCKED_SECONDS = 3;

interface MysqlDatabaseOptions {
  /** How its texts compare, such as `utf8mb4_bin`; else as the server has it for utf8mb4. */
  readonly collation?: string;
}

/**
 * Creates an empty MySQL or MariaDB database with a random name, for texts in `utf8mb4`.
 *
 * `drop` waits 3 seconds for transactions in it that are ending.
 *
 * @param serverUrl of a user who may create databases, such as the one of `startMariadb`
 * @throws Error for what is no name of a collation; the driver's, where the server refuses it; by
 * `drop`, where a transaction is still open
 * @example
 * ```ts
 * const { url, drop } = await createMysqlDatabase(server.url, { collation: "utf8mb4_bin" });
 * const pool = createPool({ uri: url });
 * // ...
 * await pool.end();
 * await drop();
 * ```
 */
export async function createMysqlDatabase(
  serverUrl: string,
  { collation }: MysqlDatabaseOptions = {},
): Promise<TestDatabase> {
  if (collation !== undefined && !/^\w+$/.test(collation)) {
    throw new Error(`"${collation}" is not the name of a collation, such as utf8mb4_bin.`);
  }
  const name = randomDatabaseName();
  const collate = collation === undefined ? "" : ` collate ${collation}`;
  await onServer(serverUrl, `create database ${name} character set utf8mb4${collate}`);
  return { url: urlOf(name, serverUrl), drop: () => drop(serverUrl, name) };
}

async function drop(serverUrl: string, name: string): Promise<void> {
  try {
    await onServer(serverUrl, `drop database if exists ${name}`);
  } catch (cause) {
    if (!isLockTimeout(cause)) throw cause;
    throw new Error(
      `The database ${name} could not be dropped: a transaction in it is open. ` +
        "End all pools and connections first, and await that.",
      { cause },
    );
  }
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ER_LOCK_WAIT_TIMEOUT";
}

/** Connects for one statement, which takes little, so that nothing keeps a process alive. */
async function onServer(url: string, sql: string): Promise<void> {
  const connection = await createConnection(url);
  try {
    await connection.query(`set session lock_wait_timeout = ${LOCKED_SECONDS}`);
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}

import { createPostgresDatabase } from "@kysely-lucia/services";
import pg from "pg";
import type { Provisioned } from "./provisioned.js";

/** Tables as Lucia 1.x documents them for PostgreSQL, and one of the app's own. */
const TABLES = `
  CREATE TABLE auth_user (
    id TEXT PRIMARY KEY,
    username TEXT UNIQUE
  );
  CREATE TABLE auth_session (
    id TEXT PRIMARY KEY,
    user_id TEXT REFERENCES auth_user(id) NOT NULL,
    active_expires BIGINT NOT NULL,
    idle_expires BIGINT NOT NULL
  );
  CREATE TABLE auth_key (
    id TEXT PRIMARY KEY,
    user_id TEXT REFERENCES auth_user(id) NOT NULL,
    primary_key BOOLEAN NOT NULL,
    hashed_password TEXT,
    expires BIGINT
  );
  CREATE TABLE note (body TEXT NOT NULL);
`;

/** Creates a database with the tables on a server. */
export async function provisionPostgres(serverUrl: string): Promise<Provisioned> {
  const { url, drop } = await createPostgresDatabase(serverUrl);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(TABLES);
  await client.end();
  return { location: url, remove: drop };
}

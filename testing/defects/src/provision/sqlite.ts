import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { dataFolder } from "@kysely-lucia/services";
import SQLite from "better-sqlite3";
import type { Provisioned } from "./provisioned.js";

/** Tables as Lucia 1.x documents them for SQLite, and one of the app's own. */
const TABLES = `
  CREATE TABLE auth_user (
    id VARCHAR(31) NOT NULL PRIMARY KEY,
    username TEXT UNIQUE
  );
  CREATE TABLE auth_key (
    id VARCHAR(255) NOT NULL PRIMARY KEY,
    user_id VARCHAR(15) NOT NULL,
    primary_key INT2 NOT NULL,
    hashed_password VARCHAR(255),
    expires BIGINT,
    FOREIGN KEY (user_id) REFERENCES auth_user(id)
  );
  CREATE TABLE auth_session (
    id VARCHAR(127) NOT NULL PRIMARY KEY,
    user_id VARCHAR(15) NOT NULL,
    active_expires BIGINT NOT NULL,
    idle_expires BIGINT NOT NULL,
    FOREIGN KEY (user_id) REFERENCES auth_user(id)
  );
  CREATE TABLE note (body TEXT NOT NULL);
`;

/** Creates a database file with the tables, in a directory of its own, in memory if there is room. */
export async function provisionSqlite(): Promise<Provisioned> {
  const directory = await mkdtemp(join(dataFolder(), "kysely-lucia-defects-"));
  const location = join(directory, "app.db");
  new SQLite(location).exec(TABLES).close();
  return { location, remove: () => rm(directory, { recursive: true }) };
}

import { createMysqlDatabase } from "@kysely-lucia/services";
import { createConnection } from "mysql2/promise";
import type { Provisioned } from "./provisioned.js";

/**
 * Tables as Lucia 1.x documents them for MySQL, and one of the app's own. They say nothing of a
 * collation, so that the server's default applies.
 */
const TABLES = `
  CREATE TABLE auth_user (
    id VARCHAR(15) NOT NULL,
    username VARCHAR(255) UNIQUE,
    PRIMARY KEY (id)
  );
  CREATE TABLE auth_session (
    id VARCHAR(127) NOT NULL,
    user_id VARCHAR(15) NOT NULL,
    active_expires BIGINT UNSIGNED NOT NULL,
    idle_expires BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY (user_id) REFERENCES auth_user(id)
  );
  CREATE TABLE auth_key (
    id VARCHAR(255) NOT NULL,
    user_id VARCHAR(15) NOT NULL,
    primary_key TINYINT UNSIGNED NOT NULL,
    hashed_password VARCHAR(255),
    expires BIGINT UNSIGNED,
    PRIMARY KEY (id),
    FOREIGN KEY (user_id) REFERENCES auth_user(id)
  );
  CREATE TABLE note (body TEXT NOT NULL);
`;

/** Creates a database with the tables on a server. */
export async function provisionMysql(serverUrl: string): Promise<Provisioned> {
  const { url, drop } = await createMysqlDatabase(serverUrl);
  const connection = await createConnection({ uri: url, multipleStatements: true });
  await connection.query(TABLES);
  await connection.end();
  return { location: url, remove: drop };
}

import { Mysql2Adapter } from "lucia-adapter-mysql-v3";
import { NodePostgresAdapter } from "lucia-adapter-postgresql-v3";
import { BetterSqlite3Adapter } from "lucia-adapter-sqlite-v3";
import { type Adapter, Lucia } from "lucia-v3";
import { openMysql } from "../dialects/mysql.js";
import { openPostgres } from "../dialects/postgres.js";
import { openSqlite } from "../dialects/sqlite.js";
import { LUCIA3_NAMES, lucia3Tables } from "../tables/lucia3.js";
import type { Contestant, Running } from "./contestant.js";

/** Lucia 3 with its adapters. It has sessions alone: keys and passwords are the app's affair there. */
export const lucia3: Contestant = {
  tables: () => lucia3Tables,
  open: {
    sqlite: async ({ location }) => {
      const database = openSqlite(location);
      return running(new BetterSqlite3Adapter(database, LUCIA3_NAMES), async () => {
        database.close();
      });
    },
    postgres: async ({ location, poolSize }) => {
      const pool = openPostgres(location, poolSize);
      return running(new NodePostgresAdapter(pool, LUCIA3_NAMES), () => pool.end());
    },
    mysql: async ({ location, poolSize }) => {
      const pool = openMysql(location, poolSize).promise();
      return running(new Mysql2Adapter(pool, LUCIA3_NAMES), () => pool.end());
    },
  },
};

function running(adapter: Adapter, close: () => Promise<void>): Running {
  const lucia = new Lucia(adapter, {
    getUserAttributes: (user) => ({ username: Reflect.get(user, "username") }),
  });
  return {
    validate: (sessionId) => lucia.validateSession(sessionId),
    validatedUser: (result) => (result as { user: { id: string } | null }).user?.id,
    renews: true,
    createSession: (userId) => lucia.createSession(userId, {}),
    close,
  };
}

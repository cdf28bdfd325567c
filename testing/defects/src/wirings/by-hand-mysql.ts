import { mysql2 } from "@lucia-auth/adapter-mysql";
import { Kysely, MysqlDialect } from "kysely";
import lucia from "lucia-auth";
import { express } from "lucia-auth/middleware";
import { mysqlProbes, openMysql } from "./mysql-database.js";
import type { AppTables, WiringSource } from "./wiring.js";

/**
 * Wired by hand: stock Kysely beside stock Lucia with its official adapter, on one pool. Lucia's
 * documentation gives the promise pool to both. Kysely works with the one below it, which it is
 * given here unless a scenario asks for promises.
 */
export const byHandMysql: WiringSource = {
  name: "by-hand-mysql",

  open: async (location, settings) => {
    const pool = openMysql(location, settings.pool);
    const promisePool = pool.promise();
    const db = new Kysely<AppTables>({
      dialect: new MysqlDialect({ pool: settings.pool.promises ? promisePool : pool }),
    });
    return {
      db,
      auth: lucia({ ...settings.lucia, adapter: mysql2(promisePool), env: "DEV" }),
      express: express(),
      close: () => db.destroy(),
      ...mysqlProbes(location, pool),
    };
  },
};

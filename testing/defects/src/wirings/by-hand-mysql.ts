import { mysql2 } from "@lucia-auth/adapter-mysql";
import { Kysely, MysqlDialect } from "kysely";
import lucia from "lucia-auth";
import { express, node } from "lucia-auth/middleware";
import { adapterByHand } from "./adapter-by-hand.js";
import type { DocumentedColumns, NamesOf } from "./declared-types.js";
import { mysqlProbes, openMysql } from "./mysql-database.js";
import type { AppTables, WiringSource } from "./wiring.js";

const declared: NamesOf<DocumentedColumns<number>> = {
  active_expires: { bigint: true, number: true },
  idle_expires: { bigint: true, number: true },
  primary_key: { number: true },
  expires: { bigint: true, number: true },
};

/**
 * Wired by hand: stock Kysely beside stock Lucia with its official adapter, on one pool. Lucia's
 * documentation gives the promise pool to both. Kysely works with the one below it, which it is
 * given here unless a scenario asks for promises.
 */
export const byHandMysql: WiringSource = {
  open: async (location, settings) => {
    const pool = openMysql(location, settings.pool);
    const promisePool = pool.promise();
    const db = new Kysely<AppTables>({
      dialect: new MysqlDialect({ pool: settings.pool.promises ? promisePool : pool }),
      plugins: settings.plugins ?? [],
    });
    const adapter = settings.plugins ? adapterByHand(db, Number) : mysql2(promisePool);
    return {
      db,
      auth: lucia({ ...settings.lucia, adapter, env: "DEV" }),
      express: express(),
      node: node(),
      declared,
      close: () => db.destroy(),
      ...mysqlProbes(location, pool),
    };
  },
};

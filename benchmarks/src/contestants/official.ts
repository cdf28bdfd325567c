import { mysql2 } from "@lucia-auth/adapter-mysql";
import { pg } from "@lucia-auth/adapter-postgresql";
import { betterSqlite3 } from "@lucia-auth/adapter-sqlite";
import lucia from "lucia-auth";
import { express } from "lucia-auth/middleware";
import { openMysql } from "../dialects/mysql.js";
import { openPostgres } from "../dialects/postgres.js";
import { openSqlite } from "../dialects/sqlite.js";
import { lucia1Tables } from "../tables/lucia1.js";
import type { Contestant } from "./contestant.js";
import { lucia1Options } from "./lucia1-options.js";
import { lucia1Running } from "./lucia1-running.js";
import { returningMysqlPool, returningPostgresPool } from "./returning-pool.js";

/** Stock Lucia 1.x with the official adapters, which are typed by older types of the drivers. */
export const official: Contestant = {
  tables: () => lucia1Tables,
  open: {
    sqlite: async (options) => {
      const database = openSqlite(options.location);
      const auth = lucia({
        ...lucia1Options(options),
        middleware: express(),
        adapter: betterSqlite3(database as Parameters<typeof betterSqlite3>[0]),
      });
      return { ...lucia1Running(auth), close: async () => void database.close() };
    },
    postgres: async (options) => {
      const pool = openPostgres(options.location, options.poolSize);
      const connections = openPostgres(options.location, options.poolSize);
      const returning = returningPostgresPool(pool, connections);
      const auth = lucia({
        ...lucia1Options(options),
        middleware: express(),
        adapter: pg(returning as unknown as Parameters<typeof pg>[0]),
      });
      const close = async () => void (await Promise.all([pool.end(), connections.end()]));
      return { ...lucia1Running(auth), close };
    },
    mysql: async (options) => {
      const pool = openMysql(options.location, options.poolSize).promise();
      const connections = openMysql(options.location, options.poolSize).promise();
      const auth = lucia({
        ...lucia1Options(options),
        middleware: express(),
        adapter: mysql2(returningMysqlPool(pool, connections)),
      });
      const close = async () => void (await Promise.all([pool.end(), connections.end()]));
      return { ...lucia1Running(auth), close };
    },
  },
};

import { express as mysqlExpress, kyselyLucia as onMysql } from "@kysely-lucia/mysql";
import { kyselyLucia as onPostgres, express as postgresExpress } from "@kysely-lucia/postgres";
import { kyselyLucia as onSqlite, express as sqliteExpress } from "@kysely-lucia/sqlite";
import { openMysql } from "../dialects/mysql.js";
import { openPostgres } from "../dialects/postgres.js";
import { openSqlite } from "../dialects/sqlite.js";
import { mysqlSchema, postgresSchema, sqliteSchema } from "../tables/app-database.js";
import { lucia1Tables } from "../tables/lucia1.js";
import { appQueries } from "./app-queries.js";
import type { Contestant } from "./contestant.js";
import { lucia1Options } from "./lucia1-options.js";
import { lucia1Running } from "./lucia1-running.js";

export const ours: Contestant = {
  tables: () => lucia1Tables,
  open: {
    sqlite: async (options) => {
      const { auth, db, deleteExpired, close } = onSqlite({
        database: openSqlite(options.location),
        schema: sqliteSchema,
        lucia: { ...lucia1Options(options), middleware: sqliteExpress() },
      });
      return { ...lucia1Running(auth), app: appQueries(db), deleteExpired, close };
    },
    postgres: async (options) => {
      const { auth, db, deleteExpired, close } = onPostgres({
        pool: openPostgres(options.location, options.poolSize),
        schema: postgresSchema,
        lucia: { ...lucia1Options(options), middleware: postgresExpress() },
      });
      return { ...lucia1Running(auth), app: appQueries(db), deleteExpired, close };
    },
    mysql: async (options) => {
      const { auth, db, deleteExpired, close } = onMysql({
        pool: openMysql(options.location, options.poolSize),
        schema: mysqlSchema,
        lucia: { ...lucia1Options(options), middleware: mysqlExpress() },
      });
      return { ...lucia1Running(auth), app: appQueries(db), deleteExpired, close };
    },
  },
};

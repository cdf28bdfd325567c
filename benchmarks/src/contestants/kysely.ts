import { randomBytes } from "node:crypto";
import { type Dialect, Kysely, MysqlDialect, PostgresDialect, SqliteDialect } from "kysely";
import { openMysql } from "../dialects/mysql.js";
import { openPostgres } from "../dialects/postgres.js";
import { openSqlite } from "../dialects/sqlite.js";
import type { AppDatabase } from "../tables/app-database.js";
import { lucia1Tables } from "../tables/lucia1.js";
import { DAY, STUBBED_HASH } from "../tables/world.js";
import { appQueries } from "./app-queries.js";
import type { Contestant, Running } from "./contestant.js";

/** The auth queries in Kysely's builder, put together for each call, as one would write them without Lucia. */
export const kysely: Contestant = {
  tables: () => lucia1Tables,
  open: {
    sqlite: async ({ location }) =>
      running(new SqliteDialect({ database: openSqlite(location) }), 1),
    postgres: async ({ location, poolSize }) =>
      running(new PostgresDialect({ pool: openPostgres(location, poolSize) }), true),
    mysql: async ({ location, poolSize }) =>
      running(new MysqlDialect({ pool: openMysql(location, poolSize) }), 1),
  },
};

/** @param yes what the driver takes for a boolean */
function running(dialect: Dialect, yes: boolean | number): Running {
  const db = new Kysely<AppDatabase>({ dialect });
  const createSession = async (userId: string) => {
    const now = Date.now();
    await db
      .insertInto("auth_session")
      .values({
        id: randomBytes(20).toString("hex"),
        user_id: userId,
        active_expires: now + DAY,
        idle_expires: now + 15 * DAY,
      })
      .execute();
  };
  return {
    validate: async (sessionId) => {
      const row = await db
        .selectFrom("auth_session")
        .innerJoin("auth_user", "auth_user.id", "auth_session.user_id")
        .selectAll("auth_user")
        .select(["active_expires", "idle_expires"])
        .where("auth_session.id", "=", sessionId)
        .executeTakeFirst();
      return row && Number(row.active_expires) > Date.now() ? row.id : undefined;
    },
    validatedUser: (result) => result as string | undefined,
    signIn: async (username) => {
      const key = await db
        .selectFrom("auth_key")
        .selectAll()
        .where("id", "=", `username:${username}`)
        .executeTakeFirstOrThrow();
      await createSession(key.user_id);
      return key.user_id;
    },
    signUp: async (username) => {
      const id = randomBytes(8).toString("hex");
      await db.transaction().execute(async (trx) => {
        await trx.insertInto("auth_user").values({ id, username }).execute();
        const key = { id: `username:${username}`, user_id: id, primary_key: yes, expires: null };
        await trx
          .insertInto("auth_key")
          .values({ ...key, hashed_password: STUBBED_HASH })
          .execute();
      });
    },
    createSession,
    app: appQueries(db),
    close: () => db.destroy(),
  };
}

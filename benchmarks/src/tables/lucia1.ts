import { kyselyLucia as onMysql } from "@kysely-lucia/mysql";
import { kyselyLucia as onPostgres } from "@kysely-lucia/postgres";
import { kyselyLucia as onSqlite } from "@kysely-lucia/sqlite";
import { openMysql } from "../dialects/mysql.js";
import { openPostgres } from "../dialects/postgres.js";
import { openSqlite } from "../dialects/sqlite.js";
import { mysqlSchema, postgresSchema, sqliteSchema } from "./app-database.js";
import { sessionId, sqlIds } from "./ids.js";
import { eachUser, usersTimes } from "./numbers.js";
import type { Tables } from "./tables.js";
import { DAY, HOUR, SEED, STUBBED_HASH } from "./world.js";

const lucia = { env: "PROD" } as const;

/** The generation of those that have expired. */
const EXPIRED = 999_999;

/** With the same indexes for all who use these tables. */
const userColumns: NonNullable<Parameters<typeof onSqlite>[0]["userColumns"]> = (table) =>
  table.addColumn("username", "varchar(255)", (column) => column.notNull().unique());

const MIGRATE = {
  sqlite: (location: string) =>
    onSqlite({ database: openSqlite(location), schema: sqliteSchema, lucia, userColumns }),
  postgres: (location: string) =>
    onPostgres({ pool: openPostgres(location, 1), schema: postgresSchema, lucia, userColumns }),
  mysql: (location: string) =>
    onMysql({ pool: openMysql(location, 1), schema: mysqlSchema, lucia, userColumns }),
};

/** Lucia 1.x, and a table of an app's. */
export const lucia1Tables: Tables = {
  names: ["note", "auth_session", "auth_key", "auth_user"],
  sessions: "auth_session",
  create: async (location, admin) => {
    const { migrate, close } = MIGRATE[admin.name](location);
    await migrate();
    await close();
    await admin.run(
      `create table note (id ${admin.serial}, user_id ${admin.idType} not null, body text not null)`,
    );
    await admin.run("create index note_user_id on note (user_id)");
  },
  fillUsers: async (admin, { users, notesPerUser }) => {
    const { userId, username } = sqlIds(admin);
    await admin.run(
      `insert into auth_user (id, username) select ${userId("u.i")}, ${username("u.i")} ${eachUser(users)}`,
    );
    await admin.run(
      "insert into auth_key (id, user_id, primary_key, hashed_password, expires) " +
        `select ${admin.concat("'username:'", username("u.i"))}, ${userId("u.i")}, ` +
        `${admin.boolean(true)}, '${STUBBED_HASH}', null ${eachUser(users)}`,
    );
    await admin.run(
      `insert into note (user_id, body) select ${userId("u.i")}, 'Welcome!' ${usersTimes(users, notesPerUser)}`,
    );
  },
  fillSessions: async (admin, { users, sessionsPerUser, idle }, generation) => {
    const { userId, sessionId } = sqlIds(admin);
    const number = `u.i * ${sessionsPerUser} + thing.i`;
    const now = Date.now();
    const times = [now + (idle ? -HOUR : DAY), now + 14 * DAY];
    await admin.run(
      "insert into auth_session (id, user_id, active_expires, idle_expires) " +
        `select ${sessionId(`(${number})`, generation)}, ${userId("u.i")}, ${times.join(", ")} ` +
        usersTimes(users, sessionsPerUser),
    );
  },
  fillExpired: async (admin, users, count) => {
    const { userId, sessionId } = sqlIds(admin);
    const each = Math.ceil(count / users);
    const number = `u.i * ${each} + thing.i`;
    // Of no generation that is signed in, and in an order of their own.
    await admin.run(
      "insert into auth_session (id, user_id, active_expires, idle_expires) " +
        `select ${sessionId(`(${number})`, EXPIRED)}, ${userId("u.i")}, 1000, 1000 + ${number} ` +
        usersTimes(users, each),
    );
  },
  restore: async (admin) => {
    await admin.run("delete from note where body <> 'Welcome!'");
    await admin.run(`delete from auth_session where id not like '${SEED}%'`);
    await admin.run(`delete from auth_key where user_id not like '${SEED}%'`);
    await admin.run(`delete from auth_user where id not like '${SEED}%'`);
  },
  credential: sessionId,
};

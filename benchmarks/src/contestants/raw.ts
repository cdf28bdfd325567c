import { randomBytes } from "node:crypto";
import { openMysql } from "../dialects/mysql.js";
import { openPostgres } from "../dialects/postgres.js";
import { openSqlite } from "../dialects/sqlite.js";
import { lucia1Tables } from "../tables/lucia1.js";
import { DAY } from "../tables/world.js";
import type { Contestant, Running } from "./contestant.js";

type Parameters = readonly (string | number)[];

/** A driver's prepared statements. `?` stands for a parameter. */
type Prepare = (
  name: string,
  sql: string,
) => (parameters: Parameters) => Promise<unknown> | unknown;

interface ValidRow {
  readonly id: string;
  readonly active_expires: number | string;
}

/** The driver alone, with statements that are prepared once, as apps call it: awaited. */
export const raw: Contestant = {
  tables: () => lucia1Tables,
  open: {
    sqlite: async ({ location }) => {
      const database = openSqlite(location);
      const prepare: Prepare = (_name, sql) => {
        const statement = database.prepare(sql);
        return statement.reader
          ? (parameters) => statement.get(parameters)
          : (parameters) => statement.run(parameters);
      };
      return running(prepare, async () => void database.close());
    },
    postgres: async ({ location, poolSize }) => {
      const pool = openPostgres(location, poolSize);
      const prepare: Prepare = (name, sql) => {
        const text = withNumbers(sql);
        return async (parameters) =>
          (await pool.query({ name, text, values: [...parameters] })).rows[0];
      };
      return running(prepare, () => pool.end());
    },
    mysql: async ({ location, poolSize }) => {
      const pool = openMysql(location, poolSize).promise();
      const prepare: Prepare = (_name, sql) => async (parameters) => {
        const [rows] = await pool.execute(sql, [...parameters]);
        return firstOf(rows);
      };
      return running(prepare, () => pool.end());
    },
  },
};

/** The same by the drivers' callbacks, with one promise around each: nothing that returns a promise can be faster. */
export const rawByCallbacks: Contestant = {
  tables: () => lucia1Tables,
  open: {
    postgres: async ({ location, poolSize }) => {
      const pool = openPostgres(location, poolSize);
      const prepare: Prepare = (name, sql) => {
        const text = withNumbers(sql);
        return (parameters) =>
          new Promise((resolve, reject) => {
            pool.query({ name, text, values: [...parameters] }, (error, result) =>
              error ? reject(error) : resolve(result.rows[0]),
            );
          });
      };
      return running(prepare, () => pool.end());
    },
    mysql: async ({ location, poolSize }) => {
      const pool = openMysql(location, poolSize);
      const prepare: Prepare = (_name, sql) => (parameters) =>
        new Promise((resolve, reject) => {
          pool.execute(sql, [...parameters], (error, rows) =>
            error ? reject(error) : resolve(firstOf(rows)),
          );
        });
      return running(prepare, () => pool.promise().end());
    },
  },
};

/** Parameters as PostgreSQL has them. */
function withNumbers(sql: string): string {
  let count = 0;
  return sql.replaceAll("?", () => `$${++count}`);
}

/** The first row of mysql2's reply, which may be a header. */
function firstOf(reply: unknown): unknown {
  return Array.isArray(reply) ? reply[0] : undefined;
}

function running(prepare: Prepare, close: () => Promise<void>): Running {
  const select = prepare(
    "validate",
    "select auth_user.*, auth_session.active_expires, auth_session.idle_expires from auth_session " +
      "inner join auth_user on auth_user.id = auth_session.user_id where auth_session.id = ?",
  );
  const insert = prepare(
    "create_session",
    "insert into auth_session (id, user_id, active_expires, idle_expires) values (?, ?, ?, ?)",
  );
  return {
    validate: async (sessionId) => {
      const row = (await select([sessionId])) as ValidRow | undefined;
      return row && Number(row.active_expires) > Date.now() ? row : undefined;
    },
    validatedUser: (result) => (result as ValidRow | undefined)?.id,
    createSession: async (userId) => {
      const now = Date.now();
      await insert([randomBytes(20).toString("hex"), userId, now + DAY, now + 15 * DAY]);
    },
    close,
  };
}

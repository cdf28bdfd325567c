import { rejectionOf } from "@kysely-lucia/conformance";
import pg from "pg";

/** The tables that {@link failing} statements are about. */
export const TABLES = `
  create table auth_user (id text primary key, username text not null unique, email text);
  create unique index one_address_each on auth_user (email);
  create table auth_key (id text primary key, user_id text not null references auth_user (id));
  create table "Odd" ("the name" text unique, a integer, b integer, unique (a, b));
  create unique index lower_name on auth_user (lower(username));
  insert into auth_user values ('1', 'ada', 'ada@example.com'), ('2', 'bob', null);
  insert into auth_user values ('3', '(id)=(PRIMARY) auth_key.id', null);
  insert into auth_key values ('email:ada', '1');
  insert into "Odd" values ('x', 1, 2);
`;

/** Statements that fail because of one row. */
export const failing = {
  "duplicate user id": "insert into auth_user values ('1', 'eve', null)",
  "duplicate name": "insert into auth_user values ('4', 'ada', null)",
  "duplicate address": "insert into auth_user values ('4', 'eve', 'ada@example.com')",
  "duplicate name that contains PRIMARY":
    "insert into auth_user values ('4', '(id)=(PRIMARY) auth_key.id', null)",
  "duplicate key": "insert into auth_key values ('email:ada', '1')",
  "duplicate in an odd column": `insert into "Odd" values ('x', 3, 4)`,
  "duplicate in two columns": `insert into "Odd" values ('y', 1, 2)`,
  "duplicate in an expression": "insert into auth_user values ('4', 'ADA', null)",
  "missing user": "insert into auth_key values ('email:eve', '7')",
  "user that is needed": "delete from auth_user where id = '1'",
  "missing value": "insert into auth_user values ('4', null, null)",
  "missing table": "select * from nowhere",
  "missing column": "select nope from auth_user",
  "missing column of an insert": "insert into auth_user (id, nope) values ('4', '2')",
  "bad syntax": "select from from",
} as const;

async function withTwo(
  url: string,
  work: (one: pg.Client, other: pg.Client) => Promise<unknown>,
): Promise<unknown> {
  const one = new pg.Client(url);
  const other = new pg.Client(url);
  one.on("error", () => {});
  await Promise.all([one.connect(), other.connect()]);
  try {
    return await work(one, other);
  } finally {
    await Promise.all([one, other].map((client) => client.end().catch(() => {})));
  }
}

/** Errors that come of two connections at the same time. */
export const provoked = {
  deadlock: (url: string) =>
    withTwo(url, async (one, other) => {
      for (const client of [one, other]) await client.query("begin; set deadlock_timeout = 10");
      await one.query("update auth_user set email = null where id = '1'");
      await other.query("update auth_user set email = null where id = '2'");
      const results = await Promise.allSettled([
        one.query("update auth_user set email = null where id = '2'"),
        other.query("update auth_user set email = null where id = '1'"),
      ]);
      return results.find((result) => result.status === "rejected")?.reason;
    }),

  "serialization failure": (url: string) =>
    withTwo(url, async (one, other) => {
      await one.query("begin isolation level repeatable read; select * from auth_user");
      await other.query("update auth_user set email = null where id = '2'");
      return rejectionOf(one.query("update auth_user set email = null where id = '2'"));
    }),

  "lock wait timeout": (url: string) =>
    withTwo(url, async (one, other) => {
      await one.query("begin; update auth_user set email = null where id = '2'");
      await other.query("set lock_timeout = 20");
      return rejectionOf(other.query("update auth_user set email = null where id = '2'"));
    }),

  "statement timeout": (url: string) =>
    withTwo(url, async (one) => {
      await one.query("set statement_timeout = 20");
      return rejectionOf(one.query("select pg_sleep(10)"));
    }),

  "lost connection": (url: string) =>
    withTwo(url, async (one, other) => {
      const { rows } = await one.query("select pg_backend_pid() as pid");
      const failed = rejectionOf(one.query("select pg_sleep(10)"));
      await other.query("select pg_terminate_backend($1)", [rows[0].pid]);
      return failed;
    }),
} as const;

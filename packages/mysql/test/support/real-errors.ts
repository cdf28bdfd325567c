import { rejectionOf } from "@kysely-lucia/conformance";
import { type Connection, createConnection } from "mysql2/promise";

const TABLES = [
  "create table auth_user (id varchar(255) primary key, username varchar(255) not null unique, email varchar(255), team int)",
  "create unique index one_address_each on auth_user (email)",
  "create table auth_key (id varchar(255) primary key, user_id varchar(255) not null references auth_user (id), foreign key (user_id) references auth_user (id))",
  "insert into auth_user values ('1', 'ada', 'ada@example.com', 1), ('2', 'bob', null, 1)",
  "insert into auth_user values ('3', 'x'' for key ''PRIMARY', null, 1)",
  "insert into auth_key values ('email:ada', '1')",
];

/** Makes the tables that {@link failing} statements are about. */
export async function createTables(connection: Connection): Promise<void> {
  for (const sql of TABLES) await connection.query(sql);
}

/** Statements that fail because of one row. */
export const failing = {
  "duplicate user id": "insert into auth_user values ('1', 'eve', null, 1)",
  "duplicate name": "insert into auth_user values ('4', 'ada', null, 1)",
  "duplicate name that contains PRIMARY":
    "insert into auth_user values ('4', 'x'' for key ''PRIMARY', null, 1)",
  "duplicate in an index with a name of its own":
    "insert into auth_user values ('4', 'eve', 'ada@example.com', 1)",
  "duplicate key": "insert into auth_key values ('email:ada', '1')",
  "missing user": "insert into auth_key values ('email:eve', '7')",
  "user that is needed": "delete from auth_user where id = '1'",
  "missing value": "insert into auth_user values ('4', null, null, 1)",
  "missing table": "select * from nowhere",
  "missing column": "select nope from auth_user",
  "missing column of an insert": "insert into auth_user (id, nope) values ('4', 1)",
  "index that is there": "create index one_address_each on auth_user (team)",
  "bad syntax": "select from from",
} as const;

/** Two transactions of which each waits for the other: the error of the one that loses. */
export async function deadlock(url: string): Promise<unknown> {
  const [one, other] = await Promise.all([createConnection(url), createConnection(url)]);
  try {
    await one.query("start transaction");
    await other.query("start transaction");
    await one.query("update auth_user set team = 2 where id = '1'");
    await other.query("update auth_user set team = 2 where id = '2'");
    const results = await Promise.allSettled([
      one.query("update auth_user set team = 2 where id = '2'"),
      other.query("update auth_user set team = 2 where id = '1'"),
    ]);
    return results.find((result) => result.status === "rejected")?.reason;
  } finally {
    one.destroy();
    other.destroy();
  }
}

/** A row that somebody else has locked for longer than one waits. */
export async function lockWaitTimeout(url: string): Promise<unknown> {
  const [one, other] = await Promise.all([createConnection(url), createConnection(url)]);
  try {
    await one.query("start transaction");
    await one.query("update auth_user set team = 2 where id = '1'");
    await other.query("set innodb_lock_wait_timeout = 1");
    return await rejectionOf(other.query("update auth_user set team = 3 where id = '1'"));
  } finally {
    one.destroy();
    other.destroy();
  }
}

/** A connection that the server ends while a query is under way. */
export async function lostConnection(url: string): Promise<unknown> {
  const [one, other] = await Promise.all([createConnection(url), createConnection(url)]);
  one.on("error", () => {});
  try {
    const failed = rejectionOf(one.query("select sleep(10)"));
    await other.query(`kill ${one.threadId}`);
    return await failed;
  } finally {
    other.destroy();
  }
}

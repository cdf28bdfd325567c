import { rejectionOf } from "@kysely-lucia/conformance";
import { createPool, type Pool } from "mysql2";
import { expect, onTestFinished, test } from "vitest";
import { kyselyLucia } from "../src/index.js";
import { options } from "./support/app.js";
import { createDatabase } from "./support/database.js";

/** An empty database, and the factory on as many pools on it as are asked for. */
async function empty() {
  const database = await createDatabase();
  const outside = createPool(database.url);
  const pools: Pool[] = [outside];
  onTestFinished(async () => {
    for (const pool of pools) await pool.promise().end();
    await database.drop();
  });
  const open = () => {
    const pool = createPool({ uri: database.url, connectionLimit: 1 });
    pools.push(pool);
    return kyselyLucia({ ...options, pool });
  };
  const column = async (sql: string) => {
    const [rows] = await outside.promise().query({ sql, rowsAsArray: true });
    return (rows as [string][]).map(([value]) => value);
  };
  return { open, outside: outside.promise(), column };
}

test("another process can migrate afterwards, and changes nothing", async () => {
  const { open, column } = await empty();
  await open().migrate();
  const created = () => column("show tables");
  const before = await created();
  await open().migrate();
  expect(await created()).toEqual(before);
});

test("indexes and foreign keys are named after their tables, so that an app can drop them", async () => {
  const { open, column } = await empty();
  await open().migrate();
  const indexes = await column(
    "select distinct index_name from information_schema.statistics " +
      "where table_schema = database() and index_name like 'auth%' order by index_name",
  );
  expect(indexes).toEqual([
    "auth_key_expires_index",
    "auth_key_user_id_index",
    "auth_session_idle_expires_index",
    "auth_session_user_id_idle_expires_index",
  ]);
  const foreignKeys = await column(
    "select constraint_name from information_schema.referential_constraints " +
      "where constraint_schema = database() order by constraint_name",
  );
  expect(foreignKeys).toEqual(["auth_key_user_id_fk", "auth_session_user_id_fk"]);
});

test("a foreign key whose name another table's has is an error that says so, and is gone on from", async () => {
  const { open, outside, column } = await empty();
  await outside.query(
    `create table other (id varchar(9) primary key, parent varchar(9),
       constraint auth_session_user_id_fk foreign key (parent) references other (id))`,
  );
  const error = await rejectionOf(open().migrate());
  expect(String(error)).toMatch(
    /ConfigurationError: .*auth_session_user_id_fk.*name in it is taken.*errno: 121.*goes on from there/s,
  );
  await outside.query("drop table other");
  await open().migrate();
  expect(await column("show tables")).toContain("auth_session");
});

test("an index that cannot be created is the database's own error", async () => {
  const { open, outside } = await empty();
  // As many as a table can have, the primary key among them.
  const full = Array.from({ length: 63 }, (_, index) => `index i${index} (expires)`);
  await outside.query(
    "create table auth_key (id varchar(255) primary key, user_id varchar(255), primary_key boolean, " +
      `hashed_password text, expires bigint, ${full.join(", ")})`,
  );
  expect(await rejectionOf(open().migrate())).toMatchObject({ errno: 1069 });
});

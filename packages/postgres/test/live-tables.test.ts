import { rejectionOf } from "@kysely-lucia/conformance";
import pg from "pg";
import { describe, expect, onTestFinished, test } from "vitest";
import { kyselyLucia } from "../src/index.js";
import { createPool, options } from "./support/app.js";

async function start(settings: object = {}) {
  const pool = await createPool();
  const app = kyselyLucia({ ...options, ...settings, pool });
  const column = async (sql: string) =>
    (await pool.query({ text: sql, rowMode: "array" })).rows.map(([value]) => value);
  const tables = () =>
    column("select relname from pg_class where relnamespace = 'public'::regnamespace order by 1");
  return { ...app, pool, column, tables };
}

/** As long as Lucia's own. */
const SESSION = "s".repeat(40);

const DOCUMENTED = `
  create table auth_user (id text primary key, username text not null unique);
  create table auth_key (id text primary key, user_id text not null references auth_user(id),
    primary_key boolean not null, hashed_password text, expires bigint);
  create table auth_session (id text primary key, user_id text not null references auth_user(id),
    active_expires bigint not null, idle_expires bigint not null);
  insert into auth_user values ('user-1', 'ada');
  insert into auth_key values ('email:ada', 'user-1', true, 'hash of secret', null);
  insert into auth_session values ('${SESSION}', 'user-1', 4000000000000, 4000000000000);`;

test("migrate adds nothing but indexes to tables as Lucia 1.x documents them", async () => {
  const { auth, checkSchema, migrate, pool } = await start();
  await pool.query(DOCUMENTED);
  const { sql } = await migrate();
  expect(sql).toHaveLength(4);
  for (const statement of sql) expect(statement).toMatch(/^create index/);
  expect(await checkSchema()).toEqual([]);
  expect(await auth.useKey("email", "ada", "secret")).toMatchObject({ userId: "user-1" });
  expect(await auth.validateSession(SESSION)).toMatchObject({ userId: "user-1" });
});

describe("columns of other types", () => {
  const startWith = async (alter: string) => {
    const app = await start();
    await app.pool.query(DOCUMENTED);
    await app.pool.query(alter);
    return app;
  };

  test.each([
    ["alter table auth_session alter id type varchar(40)", "auth_session", "id"],
    ["alter table auth_key alter id type char(255)", "auth_key", "id"],
    ["alter table auth_key alter hashed_password type varchar(100)", "auth_key", "hashed_password"],
    ["alter table auth_user alter id type varchar(10)", "auth_user", "id"],
    [
      "create collation insensitive (provider = icu, locale = 'und-u-ks-level1', deterministic = false); " +
        "alter table auth_session alter id type text collate insensitive",
      "auth_session",
      "id",
    ],
  ])("are changed: %s", async (alter, table, column) => {
    const app = await startWith(alter);
    expect(await app.checkSchema()).toContainEqual(expect.objectContaining({ table, column }));
    await app.migrate();
    expect(await app.checkSchema()).toEqual([]);
    expect(await app.auth.validateSession(SESSION)).toMatchObject({ userId: "user-1" });
    expect(await app.auth.useKey("email", "ada", "secret")).toMatchObject({ userId: "user-1" });
  });

  test("are told with their collation", async () => {
    const app = await startWith(
      `create collation "No accents" (provider = icu, locale = 'und-u-ks-level1', deterministic = false);
       alter table auth_session alter id type varchar(255) collate "No accents"`,
    );
    const is = 'character varying(255) collate "No accents"';
    expect(await app.checkSchema()).toContainEqual(expect.objectContaining({ column: "id", is }));
  });

  test.each([
    "alter table auth_session alter id type varchar(127)",
    "alter table auth_session alter idle_expires type numeric",
    "create domain moment as bigint; alter table auth_session alter idle_expires type moment",
    "create domain name_of as varchar(255); alter table auth_key alter id type name_of",
  ])("are as good: %s", async (alter) => {
    const app = await startWith(alter);
    const { sql } = await app.migrate();
    for (const statement of sql) expect(statement).toMatch(/^create index/);
    expect(await app.checkSchema()).toEqual([]);
    expect(await app.auth.validateSession(SESSION)).toMatchObject({ userId: "user-1" });
  });

  test("are refused where they cannot hold what they have to: integer for times", async () => {
    const app = await startWith("alter table auth_key alter expires type integer");
    const before = await app.tables();
    expect(String(await rejectionOf(app.migrate()))).toMatch(
      /auth_key.expires is integer. Expected: an integer of 64 bits, nullable/,
    );
    expect(await app.tables()).toEqual(before);
  });
});

test.each([
  ["create sequence auth_key", "a sequence"],
  ["create materialized view auth_key as select 1 as id", "a materialized view"],
  ["create temporary table auth_key (id text)", "a temporary table"],
])("what is no table is refused: %s", async (create, is) => {
  const { migrate, pool, tables } = await start();
  await pool.query(create);
  const before = await tables();
  expect(String(await rejectionOf(migrate()))).toContain(`auth_key is ${is}. Expected: a table`);
  expect(await tables()).toEqual(before);
});

test("an index of some rows does not count, nor one that was left invalid", async () => {
  const { checkSchema, column, migrate, pool } = await start();
  await migrate();
  await pool.query(`
    drop index auth_session_idle_expires_index;
    create index some_rows on auth_session (idle_expires) where idle_expires > 0`);
  const missing = [{ column: "idle_expires", is: "without an index" }];
  expect(await checkSchema()).toMatchObject(missing);
  await pool.query(`drop index some_rows; insert into auth_user values ('user-1', 'ada');
    insert into auth_session values ('session-1', 'user-1', 1, 1), ('session-2', 'user-1', 1, 1)`);
  await rejectionOf(
    pool.query("create unique index concurrently invalid on auth_session (idle_expires)"),
  );
  expect(
    await column("select not indisvalid from pg_index where indexrelid = 'invalid'::regclass"),
  ).toEqual([true]);
  expect(await checkSchema()).toMatchObject(missing);
  await pool.query("alter index invalid rename to auth_session_idle_expires_index");
  const [finding] = await checkSchema();
  expect(finding).toMatchObject({ column: "idle_expires", sql: [], isByHand: true });
  expect(finding?.is).toContain("auth_session_idle_expires_index is another one or not valid");
  expect(await migrate()).toEqual({ sql: [] });
});

/** The factory as a role with no more rights than these, until the test is over. */
async function startAs({ pool, column }: Awaited<ReturnType<typeof start>>, rights: string) {
  const role = `reader_${(await column("select current_database()"))[0]}`;
  await pool.query(`create role "${role}"; ${rights.replaceAll("$role", `"${role}"`)}`);
  const { connectionString } = pool.options;
  const own = new pg.Pool({ connectionString, max: 1, options: `-c role=${role}` });
  onTestFinished(async () => {
    await own.end();
    const cleaner = new pg.Client({ connectionString });
    await cleaner.connect();
    await cleaner.query(`drop owned by "${role}"; drop role "${role}"`);
    await cleaner.end();
  });
  return kyselyLucia({ ...options, pool: own });
}

test("down refuses tables whose rows it cannot see, and tables that others refer to", async () => {
  const app = await start();
  await app.migrate();
  await app.pool.query("insert into auth_user values ('user-1', 'ada')");
  await app.pool.query(
    "alter table auth_user enable row level security; create policy nobody on auth_user using (false)",
  );
  const reader = await startAs(app, "grant all on all tables in schema public to $role");
  const hidden = rejectionOf(reader.migrate({ direction: "down" }));
  expect(String(await hidden)).toMatch(/auth_user under row level security.*Nothing was changed/s);
  await app.pool.query(
    "delete from auth_user; create table letter (user_id text references auth_user (id))",
  );
  const referred = rejectionOf(app.migrate({ direction: "down" }));
  expect(String(await referred)).toMatch(
    /letter.user_id referring to auth_user.*Nothing was changed/s,
  );
  await app.pool.query("drop table letter");
  await app.migrate({ direction: "down" });
  expect(await app.tables()).toEqual([]);
});

test("down removes a table together with its partitions", async () => {
  const app = await start();
  await app.pool.query(`${DOCUMENTED} delete from auth_key; drop table auth_session; delete from auth_user;
    create table auth_session (id text primary key, user_id text not null references auth_user (id),
      active_expires bigint not null, idle_expires bigint not null) partition by hash (id);
    create table some_sessions partition of auth_session for values with (modulus 1, remainder 0)`);
  await app.migrate();
  await app.migrate({ direction: "down" });
  expect(await app.tables()).toEqual([]);
});

test("down waits for a sign-up that is under way, and sees it", async () => {
  const app = await start();
  await app.migrate();
  const client = await app.pool.connect();
  await client.query("begin; insert into auth_user values ('user-1', 'ada')");
  const error = rejectionOf(app.migrate({ direction: "down" }));
  const other = new pg.Client({ connectionString: app.pool.options.connectionString });
  await other.connect();
  onTestFinished(() => other.end());
  const waiting = async () =>
    (await other.query("select from pg_locks where not granted")).rowCount === 0;
  while (await waiting());
  await client.query("commit");
  client.release();
  expect(String(await error)).toContain("found rows in auth_user");
  expect(await app.column("select id from auth_user")).toEqual(["user-1"]);
});

test("row level security that hides rows from this role is found", async () => {
  const app = await start();
  await app.migrate();
  await app.pool.query("alter table auth_session enable row level security");
  expect(await app.checkSchema()).toEqual([]);
  const reader = await startAs(app, "grant all on all tables in schema public to $role");
  expect(await reader.checkSchema()).toMatchObject([
    {
      level: "warning",
      table: "auth_session",
      is: expect.stringContaining("row level security"),
      sql: [],
    },
  ]);
});

test("a role that may not create tables is told so, and nothing is changed", async () => {
  const app = await start();
  const reader = await startAs(app, "revoke create on schema public from public");
  const error = await rejectionOf(reader.migrate());
  expect(String(error)).toMatch(
    /may not create or change the tables.*permission denied.*Nothing was changed.*dryRun: true/s,
  );
  expect(await app.tables()).toEqual([]);
});

test("a role that may not create tables has nothing to do where others have made them", async () => {
  const app = await start();
  const { sql } = await app.migrate({ dryRun: true });
  for (const statement of sql) await app.pool.query(statement);
  const reader = await startAs(app, "revoke create on schema public from public");
  expect(await reader.migrate()).toEqual({ sql: [] });
});

test("a role that may not create tables has nothing to do where nothing can be done", async () => {
  const app = await start();
  await app.migrate();
  await app.pool.query(
    "drop table kysely_lucia_migration; alter table auth_session enable row level security",
  );
  const reader = await startAs(app, "grant select on all tables in schema public to $role");
  expect(await reader.checkSchema()).toMatchObject([{ code: "hidden_rows", isByHand: true }]);
  expect(await reader.migrate()).toEqual({ sql: [] });
});

test("a role that may not read the history is told so", async () => {
  const app = await start();
  await app.migrate();
  const reader = await startAs(app, "grant select on auth_user to $role");
  for (const options of [{}, { dryRun: true }]) {
    const error = await rejectionOf(reader.migrate(options));
    expect(String(error)).toMatch(
      /ConfigurationError: .*may not read kysely_lucia_migration.*permission denied/,
    );
  }
});

test("a table that others use for too long is an error that says so, and nothing is changed", async () => {
  const { column, migrate, pool, tables } = await start();
  await pool.query(`${DOCUMENTED} alter table auth_key drop column expires`);
  const before = await tables();
  const client = await pool.connect();
  await client.query("begin; select from auth_key");
  const error = await rejectionOf(migrate({ lockTimeout: 1 }));
  await client.query("commit");
  client.release();
  expect(String(error)).toMatch(
    /waited 1 seconds for a table that another connection uses.*Nothing was changed/s,
  );
  expect(await tables()).toEqual(before);
  await migrate();
  expect(await column("select expires from auth_key")).toEqual([null]);
});

test("a foreign key to the users of another schema is not the one that is wanted", async () => {
  const app = await start({ databaseSchema: "own" });
  await app.pool.query(DOCUMENTED);
  await app.migrate();
  await app.pool.query(
    `alter table own.auth_session drop constraint auth_session_user_id_fk,
       add foreign key (user_id) references public.auth_user (id)`,
  );
  expect(await app.checkSchema()).toMatchObject([
    { code: "missing_foreign_key", table: "auth_session" },
  ]);
});

test.each([0, 1])(
  "a lock that is held for too long is an error that says so, and nothing is changed: %i s",
  async (lockTimeout) => {
    const { migrate, pool, tables } = await start();
    const client = await pool.connect();
    await client.query("select pg_advisory_lock(7203915846092)");
    const error = await rejectionOf(migrate({ lockTimeout }));
    client.release(true);
    expect(String(error)).toMatch(
      `waited ${lockTimeout} seconds for another process that migrates or writes to the same database. Nothing was changed`,
    );
    expect(await tables()).toEqual([]);
    await migrate({ lockTimeout });
  },
);

test("who has waited for another migration sees what it has done, in any isolation level", async () => {
  const { pool } = await start();
  const settings = "-c default_transaction_isolation=serializable";
  const own = new pg.Pool({ connectionString: pool.options.connectionString, options: settings });
  const { close, migrate } = kyselyLucia({ ...options, pool: own });
  const done = await Promise.all([migrate(), migrate(), migrate()]);
  await close();
  expect(done.map(({ sql }) => sql.length).sort()).toEqual([0, 0, 7]);
});

test("checkSchema finds a database that cannot hold all characters", async () => {
  const pool = await createPool();
  const url = new URL(String(pool.options.connectionString));
  url.pathname += "_latin1";
  const name = url.pathname.slice(1);
  await pool.query(
    `create database ${name} encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0`,
  );
  const own = new pg.Pool({ connectionString: url.href });
  onTestFinished(async () => {
    await own.end();
    await pool.query(`drop database ${name}`);
  });
  const app = kyselyLucia({ ...options, pool: own });
  await app.migrate();
  expect(await app.checkSchema()).toMatchObject([
    { code: "setting", level: "warning", is: "in a database with the encoding LATIN1" },
  ]);
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createMysqlDatabase,
  createPostgresDatabase,
  type Server,
  startMariadb,
  startPostgres,
} from "@kysely-lucia/services";
import { mysql2 } from "@lucia-auth/adapter-mysql";
import { pg as postgresAdapter } from "@lucia-auth/adapter-postgresql";
import { betterSqlite3 } from "@lucia-auth/adapter-sqlite";
import SQLite from "better-sqlite3";
import lucia, { type Adapter, type LuciaErrorConstructor } from "lucia-auth";
import { createPool } from "mysql2/promise";
import pg from "pg";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { cli } from "./support.js";

let postgres: Server;
let mariadb: Server;
beforeAll(async () => {
  [postgres, mariadb] = await Promise.all([startPostgres({ version: 18 }), startMariadb()]);
});
afterAll(async () => {
  await Promise.all([postgres.stop(), mariadb.stop()]);
});

/** A database past the code under test, and the official adapter on it. */
interface Place {
  readonly url: string;
  readonly adapter: (error: LuciaErrorConstructor) => Adapter;
  run(sql: string): Promise<unknown>;
  ids(table: string): Promise<string[]>;
}

const TABLES = [
  "create table auth_user (id varchar(15) not null primary key, username varchar(255) unique)",
  `create table auth_key (id varchar(255) not null primary key, user_id varchar(15) not null, primary_key boolean not null,
     hashed_password varchar(255), expires bigint)`,
  `create table auth_session (id varchar(127) not null primary key, user_id varchar(15) not null, active_expires bigint not null,
     idle_expires bigint not null)`,
];

async function onSqlite(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), "kysely-lucia-"));
  const database = new SQLite(join(folder, "app.db"));
  onTestFinished(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });
  return {
    url: `sqlite:${database.name}`,
    adapter: betterSqlite3(database as never),
    run: async (sql) => database.exec(sql),
    ids: async (table) =>
      database.prepare<[], string>(`select id from ${table} order by id`).pluck().all(),
  };
}

async function onPostgres(): Promise<Place> {
  const { url, drop } = await createPostgresDatabase(postgres.url);
  const pool = new pg.Pool({ connectionString: url, max: 20 });
  // The official adapter gives no connection back after a sign-up.
  const clients: pg.PoolClient[] = [];
  pool.on("connect", (client) => {
    clients.push(client);
  });
  onTestFinished(async () => {
    for (const client of clients) await (client as unknown as pg.Client).end();
    await drop();
  });
  const outside = new pg.Client({ connectionString: url });
  await outside.connect();
  onTestFinished(() => outside.end());
  return {
    url,
    adapter: postgresAdapter(pool as never),
    run: (sql) => outside.query(sql),
    ids: async (table) =>
      (await outside.query(`select id from ${table} order by id`)).rows.map(({ id }) => id),
  };
}

async function onMariadb(): Promise<Place> {
  const { url, drop } = await createMysqlDatabase(mariadb.url);
  const pool = createPool({ uri: url, connectionLimit: 20 });
  onTestFinished(async () => {
    await pool.end();
    await drop();
  });
  return {
    url,
    adapter: mysql2(pool as never),
    run: (sql) => pool.query(sql),
    ids: async (table) => {
      const [rows] = await pool.query(`select id from ${table} order by id`);
      return (rows as { id: string }[]).map(({ id }) => id);
    },
  };
}

/** What stock Lucia and its official adapters leave behind on tables without foreign keys. */
async function broken(open: () => Promise<Place>) {
  const place = await open();
  for (const sql of TABLES) await place.run(sql);
  const auth = lucia({
    adapter: place.adapter,
    env: "DEV",
    autoDatabaseCleanup: false,
    hash: { generate: async (s) => `hash of ${s}`, validate: async (s, h) => h === `hash of ${s}` },
  });
  const signUp = (username: string, providerUserId: string, password: string | null) =>
    auth.createUser({
      primaryKey: { providerId: "email", providerUserId, password },
      attributes: { username },
    } as never);
  const ada = await signUp("ada", "ada", "secret");
  await auth.createSession(ada.userId);
  // A name that is taken already: the user stays without its key.
  await signUp("bob", "ada", "mine").catch(() => {});
  await place.run("insert into auth_user (id, username) values ('without-key', 'eve')");
  await signUp("carol", "carol", "");
  await auth.createSession("nobody").catch(() => {});
  await place.run(
    "insert into auth_session (id, user_id, active_expires, idle_expires) values ('orphan', 'nobody', 1, 4000000000000)",
  );
  await place.run(
    "insert into auth_key (id, user_id, primary_key) values ('idp:nobody', 'nobody', false)",
  );
  return { ...place, ada: ada.userId };
}

test.each([
  ["SQLite", onSqlite],
  ["PostgreSQL", onPostgres],
  ["MariaDB", onMariadb],
])(
  "finds and mends what the official adapter leaves behind, and keeps what it removes, on %s",
  async (_, open) => {
    const place = await broken(open);
    const before = {
      keys: await place.ids("auth_key"),
      users: await place.ids("auth_user"),
      sessions: await place.ids("auth_session"),
    };

    const looked = await cli(["doctor", "--url", place.url]);
    expect(looked.code).toBe(1);
    expect(looked.out).toMatch(/1 keys without a user \(keys-without-user\)/);
    expect(looked.out).toContain("idp:nobody");
    expect(looked.out).toMatch(/sessions without a user \(sessions-without-user\)/);
    expect(looked.out).toMatch(/users without a key.* \(users-without-key\)/);
    expect(looked.out).toMatch(/keys without a password.* \(keys-without-password\)/);
    expect(looked.out).toContain("email:carol");
    expect(looked.out).toContain("`doctor --fix` mends what can be mended.");
    for (const id of before.sessions) expect(looked.out).not.toContain(id);
    expect(await place.ids("auth_key")).toEqual(before.keys);

    const { json, code } = await cli(["doctor", "--fix", "--yes", "--json", "--url", place.url]);
    expect(code).toBe(0);
    const { mended } = json();
    expect(mended.map(({ name }: { name: string }) => name)).toEqual([
      "keys-without-user",
      "sessions-without-user",
      "users-without-key",
    ]);
    expect(await place.ids("auth_key")).toEqual(before.keys.filter((id) => id !== "idp:nobody"));
    expect(await place.ids("auth_user")).not.toContain("without-key");
    expect(await place.ids("auth_session")).toHaveLength(1);

    const locked = await cli([
      ...["doctor", "--fix", "--yes", "--json", "--url", place.url],
      ...["--only", "keys-without-password"],
    ]);
    expect(locked.json().mended).toMatchObject([{ name: "keys-without-password", rows: 1 }]);
    const again = await cli(["doctor", "--url", place.url]);
    expect(again.out).toContain("There is nothing left to mend.");
    expect(again.code).toBe(0);

    // What was removed can be put back.
    const tables = {
      "keys-without-user": "auth_key",
      "sessions-without-user": "auth_session",
      "users-without-key": "auth_user",
    };
    for (const { name, backups } of mended as { name: keyof typeof tables; backups: string[] }[]) {
      await place.run(`insert into ${tables[name]} select * from ${backups[0]}`);
    }
    expect(await place.ids("auth_key")).toEqual(before.keys);
    expect(await place.ids("auth_user")).toEqual(before.users);
    expect(await place.ids("auth_session")).toEqual(before.sessions);
  },
);

test("what cannot be removed leaves everything as it was", async () => {
  const place = await broken(onSqlite);
  await place.run(
    "create table letter (user_id text references auth_user(id)); insert into letter values ('without-key')",
  );
  const users = await place.ids("auth_user");
  const { code, err } = await cli([
    ...["doctor", "--fix", "--yes", "--url", place.url, "--only", "users-without-key"],
  ]);
  expect(err).toMatch(/FOREIGN KEY/);
  expect(code).toBe(3);
  expect(await place.ids("auth_user")).toEqual(users);
});

test("tables that are missing are no patient", async () => {
  const place = await onSqlite();
  const { code, err } = await cli(["doctor", "--url", place.url]);
  expect(err).toMatch(/is missing: auth_user, auth_session, auth_key. Run `migrate` first/);
  expect(code).toBe(3);
  const unknown = await cli(["doctor", "--url", place.url, "--only", "everything"]);
  expect(unknown.err).toMatch(/--only has "everything". Expected some of: keys-without-user, /);
  expect(unknown.code).toBe(2);
});

test("keys that collide, and that can be read two ways, are told and left alone", async () => {
  const place = await onSqlite();
  for (const sql of TABLES) await place.run(sql);
  await place.run("insert into auth_user values ('1', 'ada'), ('2', 'Ada')");
  await place.run(
    "insert into auth_key values ('email:ada', '1', 1, 'x', null), ('email:Ada', '2', 1, 'x', null), ('a:b:c', '1', 0, 'x', null)",
  );
  const { code, out } = await cli(["doctor", "--fix", "--yes", "--url", place.url]);
  expect(out).toMatch(/2 keys that differ from others by upper and lower case alone/);
  expect(out).toMatch(/1 keys that can be read two ways/);
  expect(code).toBe(1);
  expect(await place.ids("auth_key")).toHaveLength(3);
});

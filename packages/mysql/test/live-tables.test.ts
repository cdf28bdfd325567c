import { rejectionOf } from "@kysely-lucia/conformance";
import { createConnection, createPool, type RowDataPacket } from "mysql2/promise";
import { describe, expect, onTestFinished, test } from "vitest";
import { kyselyLucia } from "../src/index.js";
import { options } from "./support/app.js";
import { createDatabase } from "./support/database.js";

/** A database in this collation, with the factory on it. */
async function start(collation = "utf8mb4_general_ci", settings: object = {}) {
  const { url, drop } = await createDatabase();
  const pool = createPool({ uri: url, connectionLimit: 2, multipleStatements: true });
  const app = kyselyLucia({ ...options, ...settings, pool });
  onTestFinished(async () => {
    await app.close();
    await drop();
  });
  await pool.query(`alter database character set utf8mb4 collate ${collation}`);
  const collations = async () => {
    const [rows] = await pool.query<RowDataPacket[]>(
      `select concat(table_name, '.', column_name) as name, collation_name as collation from information_schema.columns
       where table_schema = database() and column_name in ('id', 'user_id') and table_name like 'auth%' order by 1`,
    );
    return Object.fromEntries(rows.map((row) => [row["name"], row["collation"]]));
  };
  const foreignKeys = async () => {
    const [rows] = await pool.query<RowDataPacket[]>(
      `select concat(table_name, '.', column_name, ' to ', referenced_table_name) as name from information_schema.key_column_usage
       where table_schema = database() and referenced_table_name is not null order by 1`,
    );
    return rows.map((row) => row["name"]);
  };
  return { ...app, pool, url, collations, foreignKeys };
}

/** As long as Lucia's own. */
const SESSION = "s".repeat(40);

const USERS =
  "create table auth_user (id varchar(15) not null primary key, username varchar(255) not null unique);";
const KEYS = `create table auth_key (id varchar(255) not null primary key, user_id varchar(15) not null,
  primary_key tinyint unsigned not null, hashed_password varchar(255), expires bigint unsigned,
  foreign key (user_id) references auth_user(id));`;
const SESSIONS = `create table auth_session (id varchar(127) not null primary key, user_id varchar(15) not null,
  active_expires bigint unsigned not null, idle_expires bigint unsigned not null,
  foreign key (user_id) references auth_user(id));`;
const ROWS = `insert into auth_user values ('user-1', 'ada');
  insert into auth_key values ('email:ada', 'user-1', 1, 'hash of secret', null);
  insert into auth_session values ('${SESSION}', 'user-1', 4000000000000, 4000000000000);`;
/** Without `expires` and `primary_key`. */
const EARLY = `${USERS}
  create table auth_key (id varchar(255) not null primary key, user_id varchar(15) not null,
    hashed_password varchar(255), foreign key (user_id) references auth_user(id));
  insert into auth_user values ('user-1', 'ada'), ('user-2', 'bob');
  insert into auth_key values ('email:ada', 'user-1', null), ('email:bob', 'user-2', null), ('idp:bob', 'user-2', null);`;
const DOCUMENTED = USERS + KEYS + SESSIONS + ROWS;

const BYTES = "utf8mb4_nopad_bin";
const OWN_KEYS = ["auth_key.user_id to auth_user", "auth_session.user_id to auth_user"];

describe("migrate, on tables as Lucia 1.x documents them", () => {
  test.each(["utf8mb4_general_ci", "utf8mb4_unicode_ci", "utf8mb4_bin", "latin1_swedish_ci"])(
    "makes all ids compare by bytes, in %s",
    async (collation) => {
      const charset = collation.split("_")[0];
      const app = await start();
      await app.pool.query(`alter database character set ${charset} collate ${collation}`);
      await app.pool.query(DOCUMENTED);
      expect((await app.checkSchema()).map(({ is }) => is)).toContainEqual(
        `varchar(15) character set ${charset} collate ${collation}`,
      );
      await app.migrate();
      expect(await app.checkSchema()).toEqual([]);
      expect(new Set(Object.values(await app.collations()))).toEqual(new Set([BYTES]));
      expect(await app.foreignKeys()).toEqual(OWN_KEYS);
      expect(await app.auth.useKey("email", "ada", "secret")).toMatchObject({ userId: "user-1" });
      expect(await app.auth.validateSession(SESSION)).toMatchObject({ userId: "user-1" });
    },
  );

  test("keeps what its foreign keys do when a user is deleted", async () => {
    const app = await start();
    await app.pool.query(
      USERS + KEYS.replace("auth_user(id)", "auth_user(id) on delete cascade") + SESSIONS + ROWS,
    );
    await app.migrate();
    expect(new Set(Object.values(await app.collations()))).toEqual(new Set([BYTES]));
    await app.pool.query("delete from auth_session");
    await app.pool.query("delete from auth_user");
    const [keys] = await app.pool.query("select * from auth_key");
    expect(keys).toEqual([]);
  });

  test("writes down names of any characters, in a database of few", async () => {
    const tables = { user: "люди", session: "auth_session", key: "auth_key" } as never;
    const app = await start("utf8mb4_general_ci", { tables });
    await app.pool.query("alter database character set latin1");
    const named = KEYS.replace("foreign key", "constraint ключ foreign key");
    await app.pool.query((USERS + named + SESSIONS).replaceAll("auth_user", "люди"));
    await app.migrate();
    expect(await app.checkSchema()).toEqual([]);
    const [[history]] = await app.pool.query<RowDataPacket[][]>(
      "select name from kysely_lucia_migration order by name",
    );
    expect(history).toEqual({ name: "люди/0001_tables" });
  });

  test("completes what was broken off after any statement, and its foreign keys do as before", async () => {
    const before = EARLY + SESSIONS.replace("auth_user(id)", "auth_user(id) on delete cascade");
    const planning = await start();
    await planning.pool.query(before);
    const { sql } = await planning.migrate({ dryRun: true });
    expect(sql.length).toBeGreaterThan(10);
    for (let done = 0; done <= sql.length; done += 1) {
      const app = await start();
      await app.pool.query(before);
      for (const statement of sql.slice(0, done)) await app.pool.query(statement);
      await app.migrate();
      expect(await app.checkSchema(), `after ${done} statements`).toEqual([]);
      expect(await app.foreignKeys()).toEqual(OWN_KEYS);
      const [rules] = await app.pool.query<RowDataPacket[]>(
        `select table_name as name, delete_rule as onDelete from information_schema.referential_constraints
         where constraint_schema = database() and delete_rule = 'CASCADE'`,
      );
      expect(rules).toEqual([{ name: "auth_session", onDelete: "CASCADE" }]);
      const [keys] = await app.pool.query("select id, primary_key from auth_key order by id");
      expect(keys).toEqual([
        { id: "email:ada", primary_key: 1 },
        { id: "email:bob", primary_key: 0 },
        { id: "idp:bob", primary_key: 0 },
      ]);
      const [left] = await app.pool.query("show tables like 'kysely_lucia_auth_user_foreign_key'");
      expect(left).toEqual([]);
    }
  });

  test.each([
    [
      "another table",
      "create table person (id varchar(15) primary key); alter table auth_key add constraint person_fk foreign key (user_id) references person (id)",
      "auth_key.person_fk",
    ],
    [
      "two columns",
      "alter table auth_user add team varchar(15) not null default 'a', add unique both_columns (id, team); " +
        "alter table auth_key add team varchar(15) not null default 'a'; " +
        "alter table auth_key add constraint both_fk foreign key (user_id, team) references auth_user (id, team)",
      "auth_key.both_fk",
    ],
  ])("leaves them, too, where a user_id refers to %s", async (_, alter, name) => {
    const app = await start();
    await app.pool.query(USERS + KEYS + SESSIONS + alter);
    const before = await app.foreignKeys();
    await app.migrate();
    expect(await app.foreignKeys()).toEqual(before);
    const [left] = await app.checkSchema();
    expect(left).toMatchObject({ level: "warning", table: "auth_user", sql: [] });
    expect(left?.shouldBe).toContain(name);
  });

  test.each(["auth_session", "auth_key"])(
    "leaves the ids of %s where a table of the app's refers to them",
    async (table) => {
      const app = await start();
      await app.pool.query(
        `${USERS + KEYS + SESSIONS} create table device (owner varchar(255), foreign key (owner) references ${table}(id))`,
      );
      await app.migrate();
      expect((await app.collations())[`${table}.id`]).toBe("utf8mb4_general_ci");
      expect(await app.checkSchema()).toMatchObject([
        { level: "warning", table, column: "id", sql: [] },
      ]);
    },
  );

  test.each([
    ["holds more than ours", "alter table auth_key modify id varchar(320) not null"],
    [
      "has a default of the app's",
      "alter table auth_key modify id varchar(255) not null default (uuid())",
    ],
    [
      "has a comment, which would be lost",
      "alter table auth_key modify id varchar(255) not null comment 'provider:name'",
    ],
    [
      "has a check, which would be lost",
      "alter table auth_key modify id varchar(255) not null check (id <> '')",
    ],
  ])("leaves an id that %s", async (_, alter) => {
    const app = await start("utf8mb4_general_ci", {});
    await app.pool.query(USERS + KEYS + SESSIONS + alter);
    const id = `email:${"x".repeat(250)}`;
    await app.pool.query("set session sql_mode = ''");
    await app.pool.query("insert into auth_user values ('user-1', 'ada')");
    await app.pool.query("insert into auth_key values (?, 'user-1', 1, null, null)", [id]);
    const read = async () => (await app.pool.query("select * from auth_key"))[0];
    const before = await read();
    await app.migrate();
    expect(await read()).toEqual(before);
    expect(await app.checkSchema()).toContainEqual(
      expect.objectContaining({ level: "warning", table: "auth_key", column: "id", sql: [] }),
    );
  });

  test("leaves a column to the app whose comment would be lost by what is an error", async () => {
    const app = await start(BYTES);
    await app.pool.query(DOCUMENTED);
    await app.pool.query(
      "alter table auth_key modify primary_key boolean comment 'of the sign-up'",
    );
    expect(String(await rejectionOf(app.migrate()))).toMatch(
      /auth_key.primary_key is tinyint\(1\), nullable. Expected: a boolean, not null/,
    );
    await app.pool.query(
      "alter table auth_key modify primary_key boolean not null comment 'of the sign-up'",
    );
    await app.migrate();
    expect(await app.checkSchema()).toEqual([]);
  });

  test("leaves the ids of users as they are where a table of the app's refers to them, and says so", async () => {
    const app = await start();
    await app.pool.query(DOCUMENTED);
    await app.pool.query(
      "create table letter (user_id varchar(15) not null, foreign key (user_id) references auth_user(id))",
    );
    await app.migrate();
    expect(await app.collations()).toEqual({
      "auth_key.id": BYTES,
      "auth_key.user_id": "utf8mb4_general_ci",
      "auth_session.id": BYTES,
      "auth_session.user_id": "utf8mb4_general_ci",
      "auth_user.id": "utf8mb4_general_ci",
    });
    const left = await app.checkSchema();
    expect(left.map(({ level, table, column }) => `${level} ${table}.${column}`)).toEqual([
      "warning auth_user.id",
      "warning auth_session.user_id",
      "warning auth_key.user_id",
    ]);
    expect(left[0]?.shouldBe).toContain("together with letter.user_id");
    expect(await app.migrate()).toEqual({ sql: [] });
  });

  test("creates what is missing beside ids that stay as they are", async () => {
    const app = await start();
    await app.pool.query(
      `${USERS} create table letter (user_id varchar(15) not null, foreign key (user_id) references auth_user(id))`,
    );
    await app.migrate();
    expect(await app.foreignKeys()).toEqual([...OWN_KEYS, "letter.user_id to auth_user"]);
    const { userId } = await app.auth.createUser({
      primaryKey: { providerId: "email", providerUserId: "ada", password: null },
      attributes: { username: "ada" },
    });
    await app.auth.createSession(userId);
  });

  test("lengthens ids that are too short", async () => {
    const app = await start(BYTES);
    await app.pool.query(DOCUMENTED);
    await app.pool.query(
      "alter table auth_session modify id varchar(40) not null; alter table auth_key modify id varchar(191) not null",
    );
    const short = (await app.checkSchema()).filter(({ level }) => level === "error");
    expect(short).toMatchObject([
      { table: "auth_session", column: "id", is: expect.stringContaining("varchar(40)") },
      { table: "auth_key", column: "id", is: expect.stringContaining("varchar(191)") },
    ]);
    await app.migrate();
    expect(await app.checkSchema()).toEqual([]);
  });

  test("refuses rows without a user before it adds a foreign key, and changes nothing", async () => {
    const app = await start();
    const without = (sql: string) =>
      sql.replace(/,\s*foreign key \(user_id\) references auth_user\(id\)/, "");
    await app.pool.query(USERS + without(KEYS) + without(SESSIONS) + ROWS);
    await app.pool.query("update auth_session set user_id = 'USER-1'");
    const error = await rejectionOf(app.migrate());
    expect(String(error)).toMatch(
      /auth_session.user_id is without a user in 1 row.*Nothing was changed/s,
    );
    expect(await app.foreignKeys()).toEqual([]);
    expect(Object.values(await app.collations())).not.toContain(BYTES);
    await app.pool.query("delete from auth_session");
    await app.migrate();
    expect(await app.foreignKeys()).toEqual(OWN_KEYS);
    expect(await app.checkSchema()).toEqual([]);
  });

  test("leaves foreign keys out where the option says so", async () => {
    const app = await start("utf8mb4_general_ci", { foreignKeys: false });
    const without = (sql: string) =>
      sql.replace(/,\s*foreign key \(user_id\) references auth_user\(id\)/, "");
    await app.pool.query(USERS + without(KEYS));
    await app.migrate();
    expect(await app.foreignKeys()).toEqual([]);
    expect(await app.checkSchema()).toEqual([]);
    expect(new Set(Object.values(await app.collations()))).toEqual(new Set([BYTES]));
  });

  test("gives tables an engine with transactions", async () => {
    const app = await start(BYTES);
    await app.pool.query(
      `${USERS.replace(";", " engine = MyISAM;")} insert into auth_user values ('user-1', 'ada')`,
    );
    expect(await app.checkSchema()).toContainEqual({
      code: "no_transactions",
      level: "error",
      table: "auth_user",
      is: "in an engine without transactions",
      shouldBe: "in one that can roll back",
      sql: ["alter table `auth_user` engine = InnoDB"],
      isByHand: false,
    });
    await app.migrate();
    expect(await app.checkSchema()).toEqual([]);
  });

  test("lets keys be without a password where the column did not", async () => {
    const app = await start(BYTES);
    await app.pool.query(DOCUMENTED);
    await app.pool.query("alter table auth_key modify hashed_password varchar(100) not null");
    await app.migrate();
    expect(await app.checkSchema()).toEqual([]);
    await app.auth.createKey("user-1", {
      type: "persistent",
      providerId: "idp",
      providerUserId: "ada",
      password: null,
    });
  });
});

describe("foreign keys that are dropped for a while", () => {
  const CASCADING = [KEYS, SESSIONS]
    .join("")
    .replaceAll("auth_user(id)", "auth_user(id) on delete cascade");
  const NOTE = `create table kysely_lucia_auth_user_foreign_key (table_name varchar(64) not null, name varchar(64) not null,
    on_delete varchar(64) not null, on_update varchar(64) not null, primary key (table_name, name));
    insert into kysely_lucia_auth_user_foreign_key values ('auth_key', 'auth_key_ibfk_1', 'cascade', 'restrict'),
      ('auth_session', 'auth_session_ibfk_1', 'cascade', 'restrict');`;
  /** As a migration leaves them that is killed once it has dropped them. */
  const KILLED = `${USERS}${CASCADING}${ROWS}${NOTE} alter table auth_key drop foreign key auth_key_ibfk_1;
    alter table auth_session drop foreign key auth_session_ibfk_1`;
  const rules = async ({ pool }: Awaited<ReturnType<typeof start>>) => {
    const [rows] = await pool.query<RowDataPacket[]>(
      `select concat(table_name, ' ', delete_rule) as rule from information_schema.referential_constraints
       where constraint_schema = database() and table_name like 'auth%' order by 1`,
    );
    return rows.map(({ rule }) => rule);
  };
  const tables = async ({ pool }: Awaited<ReturnType<typeof start>>) => {
    const [rows] = await pool.query<RowDataPacket[]>(
      "select table_name as name from information_schema.tables where table_schema = database()",
    );
    return rows.map(({ name }) => name);
  };
  const BOTH = ["auth_key CASCADE", "auth_session CASCADE"];

  test("are there again where a column could not be changed", async () => {
    const app = await start();
    await app.pool.query(
      USERS.replace("255", "31").replace(";", " row_format = compact;") + CASCADING + ROWS,
    );
    expect(String(await rejectionOf(app.migrate()))).toMatch(/max/);
    expect(await rules(app)).toEqual(BOTH);
    expect(await tables(app)).not.toContain("kysely_lucia_auth_user_foreign_key");
  });

  test("are added again also where the app has come to refer to users since", async () => {
    const app = await start();
    await app.pool.query(KILLED);
    await app.pool.query(
      "create table note (reader varchar(15) not null, foreign key (reader) references auth_user(id))",
    );
    await app.migrate();
    expect(await rules(app)).toEqual(BOTH);
    expect(await tables(app)).not.toContain("kysely_lucia_auth_user_foreign_key");
  });

  test("are forgotten with the tables", async () => {
    const app = await start();
    await app.pool.query(KILLED.replace(ROWS, ""));
    await app.migrate({ direction: "down" });
    expect(await tables(app)).toEqual([]);
    await app.migrate();
    expect(await app.checkSchema()).toEqual([]);
  });

  test("are those of one app, where several share a database", async () => {
    const app = await start();
    await app.pool.query(KILLED);
    const tables = { user: "b_user", session: "b_session", key: "b_key" } as never;
    const other = kyselyLucia({ ...options, tables, pool: app.pool });
    await app.pool.query(
      "create table b_user (id varchar(15) not null primary key, username varchar(255))",
    );
    await other.migrate();
    await app.migrate();
    expect(await rules(app)).toEqual(BOTH);
  });
});

describe("checkSchema, of settings", () => {
  test.each([
    [
      "set sql_mode = ''",
      "in an SQL mode that is not strict",
      "set global sql_mode = concat_ws(',', @@global.sql_mode, 'STRICT_TRANS_TABLES')",
    ],
    [
      "set foreign_key_checks = 0",
      "told not to check foreign keys",
      "set global foreign_key_checks = 1",
    ],
  ])("finds %s, and says what somebody has to do", async (setting, is, byHand) => {
    const app = await start();
    await app.migrate();
    app.pool.on("connection", (connection) => {
      connection.query(setting);
    });
    const [one, other] = await Promise.all([app.pool.getConnection(), app.pool.getConnection()]);
    for (const connection of [one, other]) {
      await connection.query(setting);
      connection.release();
    }
    expect(await app.checkSchema()).toEqual([
      {
        code: "setting",
        level: "warning",
        is,
        shouldBe: expect.stringMatching(/./),
        sql: [byHand],
        isByHand: true,
      },
    ]);
  });
});

test.each([
  ["alone", ""],
  ["in front of a real one", USERS + KEYS],
])("a temporary table is refused, %s", async (_, others) => {
  const app = await start();
  await app.pool.query(`${others} create temporary table auth_key (id varchar(20) primary key)`);
  const before = await app.collations();
  for (const direction of ["up", "down"] as const) {
    const error = await rejectionOf(app.migrate({ direction }));
    expect(String(error)).toMatch(
      /auth_key is a temporary table. Expected: a table.*Nothing was changed/s,
    );
  }
  expect(await app.collations()).toEqual(before);
});

test("a table is not taken for a temporary one by its comment", async () => {
  const app = await start();
  await app.pool.query(USERS.replace(";", " comment 'create temporary tables elsewhere';"));
  await app.migrate();
  expect(await app.checkSchema()).toEqual([]);
});

test("a table that keeps its history is refused", async () => {
  const app = await start();
  await app.pool.query(USERS.replace(";", " with system versioning;"));
  expect(String(await rejectionOf(app.migrate()))).toContain(
    "auth_user is a system versioned table. Expected: a table",
  );
});

describe("down", () => {
  test("waits for a sign-up that is under way, and sees it", async () => {
    const app = await start();
    await app.migrate();
    const signUp = await createConnection(app.url);
    await signUp.query("start transaction");
    await signUp.query("insert into auth_user values ('user-1', 'ada')");
    await signUp.query(
      "insert into auth_key values ('email:ada', 'user-1', true, 'hash of secret', null)",
    );
    const error = rejectionOf(app.migrate({ direction: "down" }));
    const waiting = async () => {
      const [rows] = await signUp.query<RowDataPacket[]>(
        "select 1 from information_schema.processlist where db = database() and state like 'Waiting for table%'",
      );
      return rows.length > 0;
    };
    while (!(await waiting()));
    await signUp.query("commit");
    expect(String(await error)).toContain("found rows in auth_user");
    // Others can write again.
    await signUp.query("update auth_user set username = 'eve'");
    await signUp.end();
    expect(await app.auth.useKey("email", "ada", "secret")).toMatchObject({ userId: "user-1" });
  });
});

test("a table that others use for too long is an error that says so, and what was done is gone on from", async () => {
  const app = await start();
  await app.pool.query(EARLY);
  const connection = await app.pool.getConnection();
  await connection.query("begin; select * from auth_key");
  const error = await rejectionOf(app.migrate({ lockTimeout: 1 }));
  connection.release();
  expect(String(error)).toMatch(
    /waited 1 seconds for a table that another connection uses.*run it again, and it goes on from there/s,
  );
  await connection.query("commit");
  await app.migrate();
  expect(await app.checkSchema()).toEqual([]);
});

test.each([0, 1])(
  "a lock that is held for too long is an error that says so, and nothing is changed: %i s",
  async (lockTimeout) => {
    const app = await start();
    const connection = await app.pool.getConnection();
    await connection.query("select get_lock(concat('migrate.kysely_lucia.', sha1(database())), 0)");
    const error = await rejectionOf(app.migrate({ lockTimeout }));
    connection.destroy();
    expect(String(error)).toMatch(
      new RegExp(`waited ${lockTimeout} seconds for another process.*Nothing was changed`, "s"),
    );
    expect(await app.collations()).toEqual({});
    await app.migrate();
    // The connection has its own setting again, and no lock.
    const [settings] = await app.pool.query<RowDataPacket[]>(
      "select @@lock_wait_timeout as wait, is_free_lock(concat('migrate.kysely_lucia.', sha1(database()))) as isFree",
    );
    expect(settings).toMatchObject([{ wait: 86_400, isFree: 1 }]);
  },
);

test("a connection that is lost is what has failed, and not that its lock cannot be given back", async () => {
  const app = await start();
  await app.pool.query(EARLY);
  const other = await createConnection(app.url);
  await other.query("begin");
  await other.query("select * from auth_key");
  const error = rejectionOf(app.migrate());
  const waiting = async () => {
    const [[process] = []] = await other.query<RowDataPacket[]>(
      "select id from information_schema.processlist where db = database() and state like 'Waiting for table%'",
    );
    return process?.["id"];
  };
  let id: unknown;
  while (id === undefined) id = await waiting();
  await other.query(`kill ${id}`);
  await other.end();
  expect(await error).toMatchObject({ code: "PROTOCOL_CONNECTION_LOST" });
});

test("a role that may not create tables is told so", async () => {
  const app = await start();
  const { hostname: host, port, pathname } = new URL(app.url);
  const database = pathname.slice(1);
  await app.pool.query(
    `create or replace user reader identified by 'reader'; grant select on ${database}.* to reader`,
  );
  const pool = createPool({
    host,
    port: Number(port),
    database,
    user: "reader",
    password: "reader",
  });
  const { migrate, close } = kyselyLucia({ ...options, pool });
  const error = await rejectionOf(migrate());
  await close();
  await app.pool.query("drop user reader");
  expect(String(error)).toMatch(/may not create or change the tables.*denied.*dryRun: true/s);
  expect(await app.collations()).toEqual({});
});

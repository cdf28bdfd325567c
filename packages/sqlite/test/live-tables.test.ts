import { rejectionOf } from "@kysely-lucia/conformance";
import type { UserColumns } from "@kysely-lucia/core";
import SQLite from "better-sqlite3";
import { type RawBuilder, sql } from "kysely";
import { describe, expect, onTestFinished, test } from "vitest";
import { kyselyLucia } from "../src/index.js";
import { options, temporaryFolder } from "./support/notes-app.js";

/** As long as Lucia's own. */
const SESSION = "s".repeat(40);

const DOCUMENTED = `
  create table auth_user (id varchar(31) not null primary key, username varchar(31) not null unique);
  create table auth_key (id varchar(255) not null primary key, user_id varchar(31) not null,
    primary_key int not null, hashed_password varchar(255), expires bigint, foreign key (user_id) references auth_user(id));
  create table auth_session (id varchar(127) not null primary key, user_id varchar(31) not null,
    active_expires bigint not null, idle_expires bigint not null, foreign key (user_id) references auth_user(id));
  insert into auth_user values ('user-1', 'ada');
  insert into auth_key values ('email:ada', 'user-1', 1, 'hash of secret', null);
  insert into auth_session values ('${SESSION}', 'user-1', 4000000000000, 4000000000000);`;

function start(tables = "") {
  const path = `${temporaryFolder()}/app.db`;
  const database = new SQLite(path, { timeout: 0 });
  database.exec(tables);
  const app = kyselyLucia({ ...options, database });
  onTestFinished(() => app.close());
  const names = () =>
    database
      .prepare("select name from sqlite_schema where name not like 'sqlite%' order by 1")
      .pluck()
      .all();
  return { ...app, database, path, names };
}

test("migrate adds nothing but indexes to tables as Lucia 1.x documents them", async () => {
  const { auth, checkSchema, migrate } = start(DOCUMENTED);
  const { sql } = await migrate();
  expect(sql).toHaveLength(4);
  for (const statement of sql) expect(statement).toMatch(/^create index/);
  expect(await checkSchema()).toEqual([]);
  expect(await auth.useKey("email", "ada", "secret")).toMatchObject({ userId: "user-1" });
  expect(await auth.validateSession(SESSION)).toMatchObject({ userId: "user-1" });
});

describe("what SQLite cannot change", () => {
  test.each([
    [
      "id varchar(127) not null primary key",
      "id varchar(127) not null primary key collate nocase",
      "id",
    ],
    [", foreign key (user_id) references auth_user(id)", "", "user_id"],
  ])("is a warning without a statement: %s", async (from, to, column) => {
    const { checkSchema, migrate } = start(DOCUMENTED.replace(from, to));
    await migrate();
    expect(await checkSchema()).toMatchObject([{ level: "warning", column, sql: [] }]);
    expect(await migrate()).toEqual({ sql: [] });
  });

  test.each([
    [
      "hashed_password varchar(255)",
      "hashed_password varchar(255) not null",
      /hashed_password is .* not null/,
    ],
    // Its values are turned into numbers, and lose zeros.
    ["id varchar(127) not null", "id string not null", /auth_session.id is string/],
    ["primary_key int", "primary_key real", /primary_key is real/i],
    ["idle_expires bigint", "idle_expires text", /idle_expires is text.*an integer of 64 bits/i],
  ])("is refused where calls of auth would fail: %s", async (from, to, message) => {
    const { checkSchema, migrate, names } = start(DOCUMENTED.replace(from, to));
    const before = names();
    expect(String(await rejectionOf(migrate()))).toMatch(message);
    expect(names()).toEqual(before);
    expect(await checkSchema()).toContainEqual(
      expect.objectContaining({ level: "error", sql: [] }),
    );
  });
});

describe("tables that hide, or are hidden by, those that migrate would make", () => {
  test.each([
    ["attach ':memory:' as users", "users", "a table of the attached database users"],
    ["", "temp", "a temporary table"],
  ])("are refused: %s", async (attach, schema, is) => {
    const { database, migrate, names } = start();
    await migrate();
    database.exec(`${attach}; create table ${schema}.auth_key as select * from auth_key`);
    if (attach !== "") database.exec("drop table main.auth_key");
    const before = names();
    for (const direction of ["up", "down"] as const) {
      const error = await rejectionOf(migrate({ direction }));
      expect(String(error)).toContain(`auth_key is ${is}. Expected: a table`);
      expect(names()).toEqual(before);
    }
  });

  test("but not the history of an attached database, which is about its own tables", async () => {
    const { database, migrate, names } = start();
    database.exec(`attach ':memory:' as other;
      create table other.kysely_lucia_migration (name text, timestamp text);
      insert into other.kysely_lucia_migration values ('auth_user/0009_later', '')`);
    await migrate();
    expect(names()).toContain("kysely_lucia_migration");
  });
});

test("tables in another spelling are the same ones, and so are foreign keys to them", async () => {
  const { checkSchema, database, migrate } = start(
    DOCUMENTED.replaceAll("table auth_", "table Auth_").replaceAll(
      "references auth_",
      "references AUTH_",
    ),
  );
  await migrate();
  expect(await checkSchema()).toEqual([]);
  database.exec("delete from auth_session; delete from auth_key; delete from auth_user");
  expect((await migrate({ direction: "down" })).sql).toHaveLength(3);
});

test("an app whose tables are called almost as those of another one has its own history", async () => {
  const { database } = start();
  const open = (user: string) => {
    const tables = { user, session: `${user} session`, key: `${user} key` } as never;
    return kyselyLucia({ ...options, tables, database });
  };
  await open("a/b").migrate();
  await open("a").migrate();
  await open("a").migrate({ direction: "down" });
  const entries = database.prepare("select name from kysely_lucia_migration order by 1").pluck();
  expect(entries.all()).toEqual(["a/b/0001_tables", "a/b/0002_indexes"]);
});

test("strict tables of early versions get columns of the types that they take", async () => {
  const early = DOCUMENTED.replace(" primary_key int not null,", "")
    .replace(" expires bigint,", "")
    .replace("'user-1', 1, 'hash of secret', null", "'user-1', 'hash of secret'")
    .replaceAll(/varchar\(\d+\)/g, "text")
    .replaceAll("bigint", "integer")
    .replaceAll(/\);\n/g, ") strict;\n")
    .replaceAll(/(insert .*\)) strict/g, "$1");
  const { auth, checkSchema, database, migrate } = start(early);
  await migrate();
  expect(await checkSchema()).toEqual([]);
  expect(database.prepare("select primary_key, expires from auth_key").all()).toEqual([
    { primary_key: 1, expires: null },
  ]);
  expect(await auth.useKey("email", "ada", "secret")).toMatchObject({ userId: "user-1" });
});

test("a column with a default that is computed is added by hand where there are users", async () => {
  const app = start(DOCUMENTED);
  const { database } = app;
  const open = (standard: RawBuilder<unknown>) => {
    const userColumns: UserColumns = (table) =>
      options
        .userColumns(table)
        .addColumn("since", "text", (column) => column.notNull().defaultTo(standard));
    return kyselyLucia({ ...options, userColumns, database });
  };
  for (const standard of [sql`current_timestamp`, sql`(datetime('now'))`]) {
    expect(String(await rejectionOf(open(standard).migrate()))).toMatch(
      /auth_user.since is missing.*one that is computed.*Nothing was changed/s,
    );
  }
  await open(sql`'long ago'`).migrate();
  expect(database.prepare("select since from auth_user").pluck().get()).toBe("long ago");
  database.exec("delete from auth_session; delete from auth_key; delete from auth_user");
  database.exec("alter table auth_user drop column since");
  await open(sql`current_timestamp`).migrate();
});

test.each([
  "create table other (id text); create index auth_key_user_id_index on other (id)",
  "create table auth_key_user_id_index (id text)",
  "create table other (id text); create index auth_session on other (id)",
])("a name that is taken is an error that says so, and nothing is changed: %s", async (create) => {
  const { migrate, names } = start(create);
  const before = names();
  expect(String(await rejectionOf(migrate()))).toMatch(
    /ConfigurationError: .*name in it is taken: .*auth_(key_user_id_index|session).*Nothing was changed/,
  );
  expect(names()).toEqual(before);
});

test("no type of a live column, which is any text, gets into a statement", async () => {
  const odd =
    'create table auth_user (id "text); drop table note; --" not null primary key, username text)';
  const { migrate, names } = start(`${odd}; create table note (id text)`);
  const { sql: statements } = await migrate();
  expect(statements.join()).not.toContain("drop table");
  expect(names()).toContain("note");
});

test.each([
  ["expires bigint", "EXPIRES bigint", "auth_key.expires is called EXPIRES. Expected: expires"],
  [
    "username varchar",
    "Username varchar",
    "auth_user.username is called Username. Expected: username",
  ],
])("a column in another spelling is refused: %s", async (from, to, message) => {
  const { migrate } = start(DOCUMENTED.replace(from, to));
  expect(String(await rejectionOf(migrate()))).toContain(message);
});

test("columns without a type hold anything, and are as good", async () => {
  const { checkSchema, migrate } = start(
    DOCUMENTED.replace("hashed_password varchar(255)", "hashed_password").replace(
      "primary_key int",
      "primary_key",
    ),
  );
  await migrate();
  expect(await checkSchema()).toEqual([]);
});

test("a session index on an expression does not count", async () => {
  const { checkSchema, database, migrate } = start();
  await migrate();
  database.exec(`drop index auth_session_idle_expires_index;
    create index other on auth_session (idle_expires + 1)`);
  expect(await checkSchema()).toMatchObject([{ column: "idle_expires", is: "without an index" }]);
});

test("an index of some rows is not the one that is wanted, and its name is taken", async () => {
  const { checkSchema, database, migrate } = start(DOCUMENTED);
  database.exec(
    "create unique index auth_key_user_id_index on auth_key (user_id) where expires is null",
  );
  await migrate();
  expect(await checkSchema()).toMatchObject([
    { code: "missing_index", table: "auth_key", column: "user_id", sql: [], isByHand: true },
  ]);
  expect(await migrate()).toEqual({ sql: [] });
});

test("an index in another collation than its column's says nothing of that", async () => {
  const { checkSchema, database, migrate } = start(DOCUMENTED);
  database.exec(`create index a on auth_key (id collate nocase);
    create index b on auth_session (user_id collate nocase)`);
  await migrate();
  expect(await checkSchema()).toEqual([]);
});

test("foreign keys that were switched off since are found", async () => {
  const { checkSchema, database, migrate } = start();
  await migrate();
  database.pragma("foreign_keys = off");
  expect(await checkSchema()).toMatchObject([
    {
      code: "setting",
      level: "warning",
      is: "told not to check foreign keys",
      sql: ["pragma foreign_keys = on"],
    },
  ]);
});

test("a database that has become read-only since is said to be", async () => {
  const { database, migrate, names } = start();
  database.pragma("query_only = on");
  expect(await rejectionOf(migrate())).toMatchObject({
    name: "ConfigurationError",
    message: expect.stringMatching(
      /may not create or change the tables.*readonly database.*Nothing was changed/,
    ),
  });
  expect(names()).toEqual([]);
});

test("tables are read with safe integers, too", async () => {
  const { checkSchema, database, migrate } = start(DOCUMENTED);
  database.defaultSafeIntegers(true);
  await migrate();
  expect(await checkSchema()).toEqual([]);
});

test("a file that another process writes to is waited for, and for how long is told", async () => {
  const { migrate, names, path } = start();
  const other = new SQLite(path);
  other.exec("begin immediate");
  const error = await rejectionOf(migrate({ lockTimeout: 1 }));
  expect(String(error)).toMatch(/waited 1 seconds for another process.*Nothing was changed/s);
  expect(names()).toEqual([]);
  const migrating = migrate();
  setTimeout(() => other.exec("rollback"), 200);
  await migrating;
  expect(names()).toContain("auth_session");
  other.close();
});

describe("a column that was added to userColumns with a constraint of the table", () => {
  const { userColumns } = options;
  const named: UserColumns = (table) => userColumns(table).addColumn("other", "text");
  const mailed = (table: Parameters<UserColumns>[0]) =>
    userColumns(table).addColumn("other", "text").addColumn("email", "text");

  test.each<[what: string, constrained: UserColumns]>([
    ["unique", (table) => mailed(table).addUniqueConstraint("one_email", ["email"])],
    ["check", (table) => mailed(table).addCheckConstraint("some_email", sql`length(email) > 3`)],
  ])("is left to the app, as %s would be lost", async (_, constrained) => {
    const { database, migrate, names } = start();
    await migrate();
    await kyselyLucia({ ...options, database, userColumns: named }).migrate();
    const before = names();
    const later = kyselyLucia({ ...options, database, userColumns: constrained });
    const error = await rejectionOf(later.migrate());
    expect(String(error)).toMatch(/auth_user.email is missing.*constraint of the table/);
    expect(names()).toEqual(before);
  });

  test("does not keep others from being added", async () => {
    const { database, migrate } = start();
    const unique: UserColumns = (table) =>
      userColumns(table).addUniqueConstraint("one_name", ["username"]);
    await migrate();
    const more: UserColumns = (table) => unique(table).addColumn("other", "text");
    const { sql: statements } = await kyselyLucia({
      ...options,
      database,
      userColumns: more,
    }).migrate();
    expect(statements).toEqual([expect.stringContaining('add column "other"')]);
  });
});

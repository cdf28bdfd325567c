import { ConfigurationError, type UserColumns } from "@kysely-lucia/core";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { type Context, type ContextDatabase, hashOf } from "../context.js";
import { type Instance, userColumns } from "../database.js";
import type { RawDatabase } from "../harness.js";
import { rejectionOf, untyped } from "../support/calls.js";
import { signUp } from "../support/fixtures.js";

const AUTH_TABLES = ["auth_key", "auth_session", "auth_user"];

const FIRST_CALLS: [name: string, call: (instance: Instance) => Promise<unknown>][] = [
  ["getUser", ({ auth }) => auth.getUser("user-1")],
  ["createUser", (instance) => signUp(instance, "ada")],
  ["useKey", ({ auth }) => auth.useKey("email", "ada", null)],
  ["createSession", ({ auth }) => auth.createSession("user-1")],
  ["validateSession", ({ auth }) => auth.validateSession("x".repeat(40))],
  ["validateSessionUser", ({ auth }) => auth.validateSessionUser("x".repeat(40))],
  ["deleteExpired", ({ deleteExpired }) => deleteExpired()],
];

/** Creating and completing the tables. */
export function migrateTests({ harness, createDatabase }: Context): void {
  /** On tables that `migrate` has made, with its history, and on no others. */
  const start = async () => {
    const { raw, open } = await createDatabase();
    const { instance } = await open();
    await instance.migrate();
    return { ...instance, raw };
  };
  const expectComplete = async ({ raw }: Pick<ContextDatabase, "raw">) => {
    expect(await raw.tables()).toEqual(expect.arrayContaining(AUTH_TABLES));
    const sessionIndexes = await raw.indexes("auth_session");
    expect(sessionIndexes).toContainEqual(["user_id", "idle_expires"]);
    expect(sessionIndexes).toContainEqual(["idle_expires"]);
    const keyIndexes = await raw.indexes("auth_key");
    expect(keyIndexes).toContainEqual(["user_id"]);
    expect(keyIndexes).toContainEqual(["expires"]);
  };

  const columnsOf = async ({ run, rows }: RawDatabase, table: string) => {
    await run(`insert into ${table} (id) values ('a')`);
    const [row = {}] = await rows(table);
    return Object.keys(row);
  };

  const createUserTable = (columns: string) =>
    `create table auth_user (id ${harness.idType} not null primary key${columns})`;

  describe("migrate", () => {
    test("creates the auth tables with their indexes and the app's columns", async () => {
      const { raw, open } = await createDatabase();
      const { instance } = await open();
      await instance.migrate();
      await expectComplete({ raw });
      const { userId } = await signUp(instance, "ada");
      expect(await raw.rows("auth_user")).toEqual([
        { id: userId, username: "ada", nickname: null },
      ]);
    });

    test("creates auth_user with nothing but an id where the app has no columns", async () => {
      const { raw, open } = await createDatabase();
      const { instance } = await open({ userColumns: (table) => table });
      await instance.migrate();
      await raw.run("insert into auth_user (id) values ('user-1')");
      expect(await raw.rows("auth_user")).toEqual([{ id: "user-1" }]);
    });

    test("lets the database itself refuse keys and sessions without a user", async () => {
      const { auth, raw } = await start();
      await signUp({ auth }, "ada");
      const session =
        "insert into auth_session (id, user_id, active_expires, idle_expires) " +
        "values ('id', 'nobody', 1000, 2000)";
      const key = "update auth_key set user_id = 'nobody'";
      expect(harness.violation(await rejectionOf(raw.run(session)))).toBe("foreign key");
      expect(harness.violation(await rejectionOf(raw.run(key)))).toBe("foreign key");
    });

    test("does nothing where all is there: called again, the rows stay", async () => {
      const { auth, migrate, raw } = await start();
      const { userId } = await signUp({ auth }, "ada");
      await auth.createSession(userId);
      const rows = async () => {
        const all = [];
        for (const table of AUTH_TABLES) all.push(await raw.rows(table));
        return all;
      };
      const before = await rows();
      await migrate();
      expect(await rows()).toEqual(before);
      await expectComplete({ raw });
    });

    test("completes what is there: missing tables and indexes are added", async () => {
      const { raw, open } = await createDatabase();
      await raw.run(
        createUserTable(", username varchar(255) not null unique, nickname varchar(255)"),
      );
      await raw.run("insert into auth_user (id, username) values ('user-1', 'ada')");
      const { instance } = await open();
      await instance.migrate();
      await expectComplete({ raw });
      expect(await raw.rows("auth_user")).toMatchObject([{ id: "user-1", username: "ada" }]);
      await instance.auth.createSession("user-1");
    });

    test("adds the app's columns that may be null, and says nothing of others that are there", async () => {
      const { raw, open } = await createDatabase();
      await raw.run(createUserTable(", username varchar(255) not null unique, age integer"));
      await raw.run("insert into auth_user (id, username, age) values ('user-1', 'ada', 36)");
      const { instance } = await open();
      await instance.migrate();
      expect(await raw.rows("auth_user")).toEqual([
        { id: "user-1", username: "ada", age: 36, nickname: null },
      ]);
      expect(await instance.checkSchema()).toEqual([]);
    });

    test("adds a unique column of the app's as one", async () => {
      const { raw, open } = await createDatabase();
      await raw.run(createUserTable(", username varchar(255) not null unique"));
      await raw.run("insert into auth_user (id, username) values ('1', 'ada'), ('2', 'bob')");
      const { instance } = await open({
        userColumns: (table) =>
          userColumns(table).addColumn("email", "varchar(255)", (column) => column.unique()),
      });
      await instance.migrate();
      await raw.run("update auth_user set email = 'ada@example.com' where id = '1'");
      const again = raw.run("update auth_user set email = 'ada@example.com' where id = '2'");
      expect(harness.violation(await rejectionOf(again))).toBe("unique");
    });

    test("refuses a missing column of the app's that only the app can fill in, and changes nothing", async () => {
      const { raw, open } = await createDatabase();
      await raw.run(createUserTable(""));
      const { instance } = await open();
      const error = await rejectionOf(instance.migrate());
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(String(error)).toMatch(
        /auth_user\.username is missing.*not null and without a default.*Nothing was changed/s,
      );
      expect(await raw.tables()).toEqual(["auth_user"]);
      expect(await columnsOf(raw, "auth_user")).toEqual(["id"]);
    });

    test("reports the database's own error, and leaves nothing that a later call waits for", async () => {
      const { raw, open } = await createDatabase();
      const twice = await open({
        userColumns: (table) =>
          userColumns(table).addColumn("username", "varchar(255)") as ReturnType<UserColumns>,
      });
      const error = await rejectionOf(twice.instance.migrate());
      expect(error).not.toBeInstanceOf(ConfigurationError);
      expect(String(error)).toContain("username");
      expect(String(await rejectionOf(twice.instance.migrate()))).toContain("username");
      const { instance } = await open();
      await instance.migrate();
      await expectComplete({ raw });
    });

    test("says so where userColumns returns nothing", async () => {
      const { raw, open } = await createDatabase();
      const { instance } = await open({ userColumns: untyped(() => {}) });
      const error = await rejectionOf(instance.migrate());
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(String(error)).toMatch(/`userColumns` has returned undefined.*Expected the table/);
      expect(await raw.tables()).toEqual([]);
    });

    test("can be called ten times at once", async () => {
      const { raw, open } = await createDatabase();
      const pools = await Promise.all(
        Array.from({ length: harness.poolsPerProcess }, () => open()),
      );
      const calls = Array.from({ length: 10 }, (_, index) => pools[index % pools.length]);
      await Promise.all(calls.map((pool) => pool?.instance.migrate()));
      await expectComplete({ raw });
    });
  });

  describe("migrate, on tables that are there", () => {
    test.each([
      [
        "a view",
        "create view auth_key as select 1 as id",
        /auth_key is a view.*Expected: a table/s,
      ],
      [
        "a table of another purpose",
        "create table auth_key (id varchar(20) not null primary key, door integer)",
        /auth_key\.user_id is missing.*auth_key\.hashed_password is missing.*the option `tables`/s,
      ],
      [
        "a column that cannot hold a time",
        `create table auth_key (id varchar(255) not null primary key, user_id varchar(255) not null,
           primary_key boolean not null, hashed_password varchar(255), expires varchar(20))`,
        /auth_key\.expires is .*char.*Expected: an integer of 64 bits/is,
      ],
      [
        "a column that the database alone writes to",
        `create table auth_key (id varchar(255) not null primary key, user_id varchar(255) not null,
           primary_key boolean not null, hashed_password varchar(255) generated always as (upper(id)) stored, expires bigint)`,
        /auth_key\.hashed_password is .*, generated. Expected: text/is,
      ],
      [
        "an id that is not unique",
        `create table auth_key (id varchar(255) not null, user_id varchar(255) not null,
           primary_key boolean not null, hashed_password varchar(255), expires bigint)`,
        /auth_key\.id is neither the primary key nor unique/,
      ],
      [
        "a column without which no row can be inserted",
        `create table auth_key (id varchar(255) not null primary key, user_id varchar(255) not null,
           primary_key boolean not null, hashed_password varchar(255), expires bigint, door integer not null)`,
        /auth_key\.door is int.* not null.*with a default/is,
      ],
    ])("refuses %s, and changes nothing", async (_, create, message) => {
      const { raw, open } = await createDatabase();
      await raw.run(create);
      const { instance } = await open();
      const before = await raw.tables();
      const error = await rejectionOf(instance.migrate());
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(String(error).replaceAll("my_", "")).toMatch(message);
      expect(await raw.tables()).toEqual(before);
      expect((await instance.checkSchema())[0]).toMatchObject({ level: "error", sql: [] });
    });

    test("completes tables of early versions: without expires, without primary_key, without indexes", async () => {
      const { raw, open } = await createDatabase();
      const users = ["user-1", "user-2"];
      await raw.run(
        createUserTable(", username varchar(255) not null unique, nickname varchar(255)"),
      );
      await raw.run(
        `create table auth_key (id varchar(255) not null primary key, user_id ${harness.idType} not null, hashed_password varchar(255),
           foreign key (user_id) references auth_user (id))`,
      );
      await raw.run(
        `create table auth_session (id varchar(127) not null primary key, user_id ${harness.idType} not null,
           active_expires bigint not null, idle_expires bigint not null, foreign key (user_id) references auth_user (id))`,
      );
      for (const user of users) {
        await raw.run(`insert into auth_user (id, username) values ('${user}', 'name of ${user}')`);
      }
      await raw.run(
        `insert into auth_key (id, user_id, hashed_password) values
           ('email:ada', 'user-1', '${hashOf("secret")}'), ('email:bob', 'user-2', null), ('idp:bob', 'user-2', null)`,
      );
      const end = Date.now() + 100_000;
      const sessionId = "s".repeat(40);
      await raw.run(`insert into auth_session values ('${sessionId}', 'user-1', ${end}, ${end})`);

      const { instance } = await open();
      await instance.migrate();
      await expectComplete({ raw });
      expect(await instance.checkSchema()).toEqual([]);
      const byId = Object.fromEntries((await raw.rows("auth_key")).map((key) => [key["id"], key]));
      expect(byId).toMatchObject({
        "email:ada": { user_id: "user-1", primary_key: true, expires: null },
        "email:bob": { user_id: "user-2", primary_key: false },
        "idp:bob": { user_id: "user-2", primary_key: false },
      });
      const { auth } = instance;
      expect(await auth.useKey("email", "ada", "secret")).toMatchObject({ userId: "user-1" });
      expect(await auth.validateSession(sessionId)).toMatchObject({ userId: "user-1" });
      await auth.createKey("user-1", {
        type: "single_use",
        providerId: "link",
        providerUserId: "ada",
        password: null,
        expiresIn: 60,
      });
    });
  });

  describe("migrate with dryRun", () => {
    test("says what it would run, which leads to the same", async () => {
      const { raw, open } = await createDatabase();
      const { instance } = await open();
      const { sql: planned } = await instance.migrate({ dryRun: true });
      expect(await raw.tables()).toEqual([]);
      expect(await instance.checkSchema()).not.toEqual([]);
      for (const statement of planned) await sql.raw(statement).execute(instance.db);
      await expectComplete({ raw });
      expect(await instance.checkSchema()).toEqual([]);
      expect(await instance.migrate()).toEqual({ sql: [] });
      expect(await instance.migrate({ dryRun: true })).toEqual({ sql: [] });
    });

    test("says the same as the migration after it", async () => {
      const { instance } = await (await createDatabase()).open();
      const planned = await instance.migrate({ dryRun: true });
      expect(await instance.migrate()).toEqual(planned);
    });
  });

  describe("migrate down", () => {
    test("removes empty tables and the history, and can be followed by up", async () => {
      const { raw, open } = await createDatabase();
      const { instance } = await open();
      await instance.migrate();
      const { sql: planned } = await instance.migrate({ direction: "down", dryRun: true });
      expect(planned).toHaveLength(3);
      await expectComplete({ raw });
      expect(await instance.migrate({ direction: "down" })).toEqual({ sql: planned });
      expect(await raw.tables()).toEqual([]);
      await instance.migrate();
      await expectComplete({ raw });
    });

    test("does nothing where there is nothing", async () => {
      const { raw, open } = await createDatabase();
      const { instance } = await open();
      expect(await instance.migrate({ direction: "down" })).toEqual({ sql: [] });
      expect(await raw.tables()).toEqual([]);
    });

    test("refuses where other tables refer to them", async () => {
      const started = await start();
      await started.raw.run(
        `create table note (author ${harness.idType} not null, foreign key (author) references auth_user (id))`,
      );
      const error = await rejectionOf(started.migrate({ direction: "down" }));
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(String(error)).toMatch(/found \S*note.author referring to \S*auth_user/);
      await expectComplete(started);
    });

    test("refuses where there are rows", async () => {
      const started = await start();
      await signUp(started, "ada");
      const error = await rejectionOf(started.migrate({ direction: "down" }));
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(String(error)).toMatch(/found .*auth_user, and drops only empty tables/);
      await expectComplete(started);
      expect(await started.raw.rows("auth_user")).toHaveLength(1);
    });
  });

  describe("the history of migrations", () => {
    const history = async (instance: Instance) => {
      const tables = (await instance.db.introspection.getTables()).filter(
        ({ name }) => name === "kysely_lucia_migration",
      );
      return tables.map(({ schema, name }) => (schema ? sql.id(schema, name) : sql.id(name)))[0];
    };

    test("has what was done, once", async () => {
      const started = await start();
      await started.migrate();
      const table = await history(started);
      const { rows } = await sql<{ name: string; timestamp: string }>`
        select name, timestamp from ${table} order by name
      `.execute(started.db.withoutPlugins());
      expect(rows.map(({ name }) => name.replace("my_", ""))).toEqual([
        "auth_user/0001_tables",
        "auth_user/0002_indexes",
      ]);
      for (const { timestamp } of rows) expect(Date.parse(timestamp)).toBeGreaterThan(1e12);
    });

    test("of a later version is refused, and nothing is changed", async () => {
      const started = await start();
      const table = await history(started);
      const db = started.db.withoutPlugins();
      await sql`update ${table} set name = replace(name, '0002_indexes', '0009_later')`.execute(db);
      for (const direction of ["up", "down"] as const) {
        const error = await rejectionOf(started.migrate({ direction }));
        expect(error).toBeInstanceOf(ConfigurationError);
        expect(String(error)).toMatch(/does not know: 0009_later.*Install that later version/);
      }
      await expectComplete(started);
      expect(await started.checkSchema()).toMatchObject([
        { code: "later_version", is: expect.stringContaining("0009_later"), isByHand: true },
      ]);
    });
  });

  test.each<[given: unknown, message: RegExp]>([
    [{ direction: "sideways" }, /direction.*"sideways".*one of: up, down/],
    [{ dryRun: 1 }, /dryRun.*1.*true or false/],
    [{ lockTimeout: -1 }, /lockTimeout.*-1.*a whole number from 0.*such as 60/],
    [{ dryrun: true }, /no option `dryrun`/],
    [null, /options of migrate are null/],
  ])("migrate refuses %j before anything is done", async (given, message) => {
    const { raw, open } = await createDatabase();
    const { instance } = await open();
    const error = await rejectionOf(instance.migrate(untyped(given)));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toMatch(message);
    expect(await raw.tables()).toEqual([]);
  });

  describe("without migrate", () => {
    test.each(FIRST_CALLS)("the first call says so: %s", async (_, call) => {
      const { open } = await createDatabase();
      const error = await rejectionOf(call((await open()).instance));
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(String(error)).toContain("migrate()");
    });
  });
}

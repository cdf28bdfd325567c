import { ConfigurationError, type UserColumns } from "@kysely-lucia/core";
import { describe, expect, test } from "vitest";
import type { Context, ContextDatabase } from "../context.js";
import { type Instance, userColumns } from "../database.js";
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
export function migrateTests({ harness, createDatabase, start }: Context): void {
  const expectComplete = async ({ raw }: Pick<ContextDatabase, "raw">) => {
    expect(await raw.tables()).toEqual(expect.arrayContaining(AUTH_TABLES));
    const sessionIndexes = await raw.indexes("auth_session");
    expect(sessionIndexes).toContainEqual(["user_id", "idle_expires"]);
    expect(sessionIndexes).toContainEqual(["idle_expires"]);
    const keyIndexes = await raw.indexes("auth_key");
    expect(keyIndexes).toContainEqual(["user_id"]);
    expect(keyIndexes).toContainEqual(["expires"]);
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

    test.each([
      ["auth_user.username", ""],
      ["auth_user.nickname", ", username varchar(255) not null"],
    ])("names the column that a table lacks, and changes nothing: %s", async (column, there) => {
      const { raw, open } = await createDatabase();
      await raw.run(createUserTable(there));
      const { instance } = await open();
      const error = await rejectionOf(instance.migrate());
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(String(error)).toContain(column);
      expect(await raw.tables()).toEqual(["auth_user"]);
      expect(await raw.indexes("auth_user")).not.toContainEqual(["username"]);
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

  describe("without migrate", () => {
    test.each(FIRST_CALLS)("the first call says so: %s", async (_, call) => {
      const { open } = await createDatabase();
      const error = await rejectionOf(call((await open()).instance));
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(String(error)).toContain("migrate()");
    });
  });
}

import { rejectionOf } from "@kysely-lucia/conformance";
import mysql2, { createPool, type PoolOptions } from "mysql2";
import { createPool as createPromisePool } from "mysql2/promise";
import { describe, expect, inject, onTestFinished, test } from "vitest";
import { ConfigurationError, kyselyLucia } from "../src/index.js";
import { options, signUp, startApp } from "./support/app.js";
import { createDatabase } from "./support/database.js";

type App = Awaited<ReturnType<typeof startApp>>;

/** Goes through what an app does with `auth`, `db` and a transaction. */
async function useEverything(app: Pick<App, "auth" | "db" | "transaction">): Promise<void> {
  const { auth, db, transaction } = app;
  const user = await signUp(app, "ada");
  expect(await auth.useKey("email", "ada", "password of ada")).toMatchObject({ primary: true });
  await auth.createKey(user.userId, {
    type: "single_use",
    providerId: "reset",
    providerUserId: "token",
    password: null,
    expiresIn: 60,
  });
  expect(await auth.useKey("reset", "token", null)).toMatchObject({ expired: false });
  expect(String(await rejectionOf(auth.useKey("reset", "token", null)))).toMatch(/INVALID_KEY_ID/);

  for (const password of [null, null]) await auth.updateKeyPassword("email", "ada", password);
  expect(await auth.useKey("email", "ada", null)).toMatchObject({ primary: true });

  const session = await auth.createSession(user.userId);
  expect(await auth.validateSessionUser(session.sessionId)).toMatchObject({
    user,
    session: { state: "active", idlePeriodExpiresAt: session.idlePeriodExpiresAt },
  });
  expect(await auth.getAllUserSessions(user.userId)).toHaveLength(1);
  const renamed = await auth.updateUserAttributes(user.userId, { username: "eve" });
  expect(renamed.username).toBe("eve");
  expect(await auth.updateUserAttributes(user.userId, { username: "eve" })).toEqual(renamed);

  await transaction(async (scope) => {
    await scope.auth.createUser({ primaryKey: null, attributes: { username: "bob" } });
    await scope.db.insertInto("note").values({ body: "Hello" }).execute();
  });
  expect(await db.selectFrom("note").selectAll().execute()).toEqual([{ body: "Hello" }]);
  const names = await db.selectFrom("auth_user").select("username").orderBy("username").execute();
  expect(names.map(({ username }) => username)).toEqual(["bob", "eve"]);
}

describe("a pool works with whatever it was told", () => {
  const settings: [name: string, PoolOptions][] = [
    ["nothing", {}],
    ["supportBigNumbers", { supportBigNumbers: true }],
    ["bigNumberStrings", { supportBigNumbers: true, bigNumberStrings: true }],
    ["namedPlaceholders", { namedPlaceholders: true }],
    ["rowsAsArray", { rowsAsArray: true }],
    ["nestTables", { nestTables: true }],
    ["dateStrings", { dateStrings: true }],
    ["-FOUND_ROWS", { flags: ["-FOUND_ROWS"] }],
    ["decimalNumbers", { decimalNumbers: true }],
    ["multipleStatements", { multipleStatements: true }],
    ["stringifyObjects", { stringifyObjects: true }],
    ["jsonStrings", { jsonStrings: true }],
    ["resetOnRelease", { resetOnRelease: true }],
    ["maxIdle", { maxIdle: 1, idleTimeout: 1000 }],
    ["a charset of utf8mb4", { charset: "utf8mb4_bin" }],
    ["one connection", { connectionLimit: 1 }],
    [
      "typeCast",
      {
        typeCast: (field, next) => {
          if (field.type === "TINY") return field.string() === "1";
          if (field.type !== "LONGLONG") return next();
          const digits = field.string();
          return digits === null ? null : BigInt(digits);
        },
      },
    ],
  ];

  test.each(settings)("%s", async (_, given) => {
    await useEverything(await startApp(given));
  });
});

test("D5: a pool of mysql2/promise works, and is closed by close()", async () => {
  const { url, drop } = await createDatabase();
  onTestFinished(drop);
  const pool = createPromisePool({ uri: url, connectionLimit: 1 });
  const app = kyselyLucia({ ...options, pool });
  await app.migrate();
  await app.db.schema.createTable("note").addColumn("body", "varchar(255)").execute();
  await useEverything(app);
  // It stays usable beside, and is the same pool.
  expect((await pool.query("select username from auth_user"))[0]).toHaveLength(2);
  await app.close();
  await expect(pool.query("select 1")).rejects.toThrow("Pool is closed");
});

describe("a setting under which ids would not arrive as they were stored is refused by name", () => {
  test.each<[string, PoolOptions]>([
    ["typeCast: false", { typeCast: false }],
    ["charset", { charset: "latin1" }],
    ["charset", { charset: "utf8_general_ci" }],
  ])("%s", async (named, settings) => {
    const pool = createPool({ uri: inject("mysqlUrl"), ...settings });
    onTestFinished(() => pool.promise().end());
    const build = () => kyselyLucia({ ...options, pool });
    expect(build).toThrow(ConfigurationError);
    expect(build).toThrow(named);
    expect(() => kyselyLucia({ ...options, pool: pool.promise() })).toThrow(named);
  });
});

test("of all charsets that the driver has, those of utf8mb4 are taken and no others", async () => {
  // Its types do not say that it exports them.
  const charsets = Object.keys(Object(Reflect.get(mysql2, "Charsets")));
  const taken: string[] = [];
  for (const charset of charsets) {
    const pool = createPool({ charset });
    try {
      kyselyLucia({ ...options, pool });
      taken.push(charset);
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigurationError);
    }
    await pool.promise().end();
  }
  expect(taken.length).toBeGreaterThan(50);
  expect(taken).toEqual(charsets.filter((name) => name.startsWith("UTF8MB4")));
});

import { randomBytes } from "node:crypto";
import { rejectionOf } from "@kysely-lucia/conformance";
import pg from "pg";
import { describe, expect, onTestFinished, test } from "vitest";
import { kyselyLucia } from "../src/index.js";
import { createPool, options, signUp, startApp } from "./support/app.js";

type App = Awaited<ReturnType<typeof startApp>>;

/** Goes through what an app does with `auth`, `db` and a transaction. */
async function useEverything({ auth, db, transaction }: Pick<App, "auth" | "db" | "transaction">) {
  const user = await signUp({ auth }, "ada");
  expect(await auth.useKey("email", "ada", "password of ada")).toMatchObject({ primary: true });
  const session = await auth.createSession(user.userId);
  expect(await auth.validateSessionUser(session.sessionId)).toMatchObject({
    user,
    session: { state: "active", idlePeriodExpiresAt: session.idlePeriodExpiresAt },
  });
  const renamed = await auth.updateUserAttributes(user.userId, { username: "eve" });
  expect(renamed.username).toBe("eve");
  await transaction((scope) =>
    scope.auth.createUser({ primaryKey: null, attributes: { username: "bob" } }),
  );
  const names = await db.selectFrom("auth_user").select("username").orderBy("username").execute();
  expect(names.map(({ username }) => username)).toEqual(["bob", "eve"]);
}

/** As libraries that watch a pool have one. */
class WatchedPool extends pg.Pool {
  acquired = 0;

  constructor(config?: pg.PoolConfig) {
    super(config);
    this.on("acquire", () => {
      this.acquired += 1;
    });
  }
}

const { builtins, getTypeParser } = pg.types;

describe("a pool works with whatever it was told", () => {
  const settings: [name: string, pg.PoolConfig][] = [
    ["nothing", {}],
    ["one connection", { max: 1 }],
    [
      "integers as bigints",
      { types: { getTypeParser: (oid) => (oid === builtins.INT8 ? BigInt : getTypeParser(oid)) } },
    ],
    [
      "integers as numbers",
      { types: { getTypeParser: (oid) => (oid === builtins.INT8 ? Number : getTypeParser(oid)) } },
    ],
    ["statement_timeout", { statement_timeout: 5000, query_timeout: 5000, lock_timeout: 5000 }],
    ["idle_in_transaction_session_timeout", { idle_in_transaction_session_timeout: 5000 }],
    ["maxUses", { maxUses: 1 }],
    ["allowExitOnIdle", { allowExitOnIdle: true, idleTimeoutMillis: 10 }],
    ["a stricter isolation", { options: "-c default_transaction_isolation=serializable" }],
  ];

  test.each(settings)("%s", async (_, given) => {
    await useEverything(await startApp(given));
  });

  test("a class of one's own", async () => {
    const app = await startApp({}, WatchedPool);
    await useEverything(app);
    expect((app.pool as WatchedPool).acquired).toBeGreaterThanOrEqual(10);
  });
});

/** Table names by schema. */
async function tablesOf(pool: pg.Pool): Promise<Record<string, string[]>> {
  const { rows } = await pool.query<{ schemaname: string; tables: string[] }>(
    `select schemaname, array_agg(tablename::text order by tablename) as tables from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') group by schemaname`,
  );
  return Object.fromEntries(rows.map(({ schemaname, tables }) => [schemaname, tables]));
}

describe("schemas", () => {
  const authTables = ["auth_key", "auth_session", "auth_user", "kysely_lucia_migration"];

  test("the pool's own search_path decides where the tables are", async () => {
    const outside = await createPool();
    await outside.query("create schema app");
    await outside.query("create table auth_user (something_else text)");
    const pool = new pg.Pool({ ...outside.options, options: "-c search_path=app" });
    const app = kyselyLucia({ ...options, pool });
    onTestFinished(app.close);
    await app.migrate();
    await app.migrate();
    await useEverything(app);
    expect(await tablesOf(outside)).toEqual({ public: ["auth_user"], app: authTables });
  });

  test("tables that the search_path finds behind its first schema are taken as they are", async () => {
    const outside = await createPool();
    const before = kyselyLucia({ ...options, pool: outside });
    await before.migrate();
    const { userId } = await signUp(before, "ada");
    await outside.query("create schema app");
    const pool = new pg.Pool({ ...outside.options, options: "-c search_path=app,public" });
    const app = kyselyLucia({ ...options, pool });
    onTestFinished(app.close);
    await app.migrate();
    expect(await tablesOf(outside)).toEqual({ public: authTables });
    expect(await app.auth.useKey("email", "ada", "password of ada")).toMatchObject({ userId });
  });

  test("databaseSchema says where they are, and migrate() creates it", async () => {
    const pool = await createPool();
    // Of another purpose, and with less columns.
    await pool.query("create table auth_user (something_else text)");
    const app = kyselyLucia({ ...options, pool, databaseSchema: `it's "auth"` });
    await app.migrate();
    await app.migrate();
    const inSchema = { ...app, db: app.db.withSchema(`it's "auth"`) };
    await useEverything(inSchema);
    expect(await tablesOf(pool)).toEqual({ public: ["auth_user"], [`it's "auth"`]: authTables });
    expect((await pool.query("select * from auth_user")).rows).toEqual([]);
  });

  test("a schema that is there needs no right to create one", async () => {
    const pool = await createPool();
    const somebody = `kysely_lucia_${randomBytes(8).toString("hex")}`;
    await pool.query(`create role ${somebody} login`);
    onTestFinished(async () => {
      await pool.query(`drop owned by ${somebody}; drop role ${somebody}`);
    });
    await pool.query(`create schema auth authorization ${somebody}`);
    const url = Object.assign(new URL(String(pool.options.connectionString)), {
      username: somebody,
    });
    await using app = kyselyLucia({
      ...options,
      pool: new pg.Pool({ connectionString: url.href }),
      databaseSchema: "auth",
    });
    await app.migrate();
    expect(await tablesOf(pool)).toEqual({ auth: authTables });
  });

  test("a table that lacks a column is told from one of the same name in another schema", async () => {
    const pool = await createPool();
    await pool.query("create schema auth; create table auth.auth_user (id text primary key)");
    const inAuth = kyselyLucia({ ...options, pool, databaseSchema: "auth" });
    expect(String(await rejectionOf(inAuth.migrate()))).toContain("auth_user.username");
    await kyselyLucia({ ...options, pool }).migrate();
    expect(await tablesOf(pool)).toEqual({ auth: ["auth_user"], public: authTables });
  });
});

test.each(["", "a.b", "a\0b", 7, null])("databaseSchema %j is refused", async (databaseSchema) => {
  const pool = new pg.Pool();
  const build = () => kyselyLucia({ ...options, pool, databaseSchema: databaseSchema as never });
  expect(build).toThrow(/`databaseSchema` is .*Expected a name without a dot/);
  await pool.end();
});

import { createMysqlDatabase, startOwnMariadb } from "@kysely-lucia/services";
import { sql } from "kysely";
import type { PoolOptions } from "mysql2";
import { describe, expect, onTestFinished, test } from "vitest";
import { kyselyLucia } from "../src/index.js";
import { options, signUp, startApp } from "./support/app.js";

type App = Awaited<ReturnType<typeof startApp>>;

/** How many prepared statements the one connection of the pool has made, and run. */
async function counts({ pool }: Pick<App, "pool">) {
  const [rows] = await pool
    .promise()
    .query("show session status where variable_name in ('Com_stmt_prepare', 'Com_stmt_execute')");
  const values = new Map<string, number>();
  for (const row of rows as { Variable_name: string; Value: string }[]) {
    values.set(row.Variable_name, Number(row.Value));
  }
  return { prepared: values.get("Com_stmt_prepare"), run: values.get("Com_stmt_execute") };
}

/** How many statements the one connection has run, this one too. */
async function questions({ pool }: Pick<App, "pool">): Promise<number> {
  const [rows] = await pool.promise().query("show session status like 'Questions'");
  const [{ Value }] = rows as [{ Value: string }];
  return Number(Value);
}

async function signedIn(settings: PoolOptions = {}) {
  const app = await startApp({ connectionLimit: 1, ...settings });
  const user = await signUp(app, "ada");
  const { sessionId } = await app.auth.createSession(user.userId);
  return { ...app, user, sessionId };
}

describe("statements of auth", () => {
  test("are prepared once, those of the app are not", async () => {
    const app = await signedIn();
    await sql`alter table auth_user add column created_at datetime default now()`.execute(app.db);
    await app.auth.validateSessionUser(app.sessionId);
    const before = await counts(app);
    for (let call = 0; call < 3; call += 1) await app.auth.validateSessionUser(app.sessionId);
    await app.db.selectFrom("note").selectAll().execute();
    expect(await counts(app)).toEqual({ prepared: before.prepared, run: Number(before.run) + 3 });
  });

  test("are not prepared where the caller says so", async () => {
    const { pool, user } = await signedIn();
    const before = await counts({ pool });
    const { auth } = kyselyLucia({ ...options, pool, preparedStatements: false });
    const { sessionId } = await auth.createSession(user.userId);
    expect(await auth.validateSessionUser(sessionId)).toMatchObject({ user });
    expect(await counts({ pool })).toEqual(before);
  });

  test("go with a connection that is told to use another database", async () => {
    const { auth, db, sessionId } = await signedIn();
    const { rows } = await sql<{ name: string }>`select database() as name`.execute(db);
    const other = `${rows[0]?.name}_2`;
    await sql`create database ${sql.id(other)}`.execute(db);
    onTestFinished(async () => void (await sql`drop database ${sql.id(other)}`.execute(db)));
    for (const table of ["auth_user", "auth_session", "auth_key"]) {
      await sql`create table ${sql.id(other, table)} like ${sql.id(table)}`.execute(db);
    }
    await auth.validateSession(sessionId);
    await sql`use ${sql.id(other)}`.execute(db);
    await expect(auth.validateSession(sessionId)).rejects.toThrow("AUTH_INVALID_SESSION_ID");
    const attributes = { username: "bob" };
    const { userId } = await auth.createUser({ primaryKey: null, attributes });
    expect(await auth.createSession(userId)).toMatchObject({ userId });
  });

  test("return the columns that a table has by now", async () => {
    const { auth, db, sessionId, user } = await signedIn();
    const read = async () => (await auth.validateSessionUser(sessionId)).user;
    expect(await read()).toEqual(user);
    await sql`alter table auth_user add column age integer default 36`.execute(db);
    expect(await read()).toEqual(user);
    await sql`alter table auth_user modify column username varchar(100) not null first`.execute(db);
    expect(await read()).toEqual(user);
  });

  test("go on being run where the server takes no more of them", async () => {
    // Of its own, as the setting is the whole server's.
    const server = await startOwnMariadb();
    onTestFinished(() => server.stop());
    const database = await createMysqlDatabase(server.url);
    const app = await signedIn({ uri: database.url });
    await app.pool.promise().query("set global max_prepared_stmt_count = 0");
    const { userId } = await app.auth.useKey("email", "ada", "password of ada");
    expect(userId).toBe(app.user.userId);
    const before = await counts(app);
    expect(await app.auth.getAllUserSessions(userId)).toHaveLength(1);
    expect(await counts(app), "nobody asks again").toEqual(before);
  });

  test("are sent once where they fail, and stay prepared", async () => {
    const app = await signedIn();
    const validate = () => app.auth.validateSessionUser(app.sessionId);
    await validate();
    await sql`rename table auth_user to elsewhere`.execute(app.db);
    const before = await questions(app);
    await expect(validate()).rejects.toThrow("auth_user");
    expect((await questions(app)) - before, "the call, and the question itself").toBe(2);
    await sql`rename table elsewhere to auth_user`.execute(app.db);
    const { run } = await counts(app);
    await validate();
    expect((await counts(app)).run).toBe(Number(run) + 1);
  });

  test("go on being run where connections are reset between their uses", async () => {
    const { auth, sessionId, user } = await signedIn({ resetOnRelease: true });
    for (let call = 0; call < 3; call += 1) {
      expect(await auth.validateSessionUser(sessionId)).toMatchObject({ user });
    }
  });
});

/** Types of columns, each with a value that is not easy to read. */
const COLUMNS: [type: string, value: string][] = [
  ["tinyint", "-128"],
  ["tinyint unsigned", "255"],
  ["smallint unsigned", "65535"],
  ["mediumint", "-8388608"],
  ["mediumint unsigned", "16777215"],
  ["int unsigned", "4294967295"],
  ["bigint", "-9223372036854775807"],
  ["bigint unsigned", "18446744073709551615"],
  ["boolean", "true"],
  ["float", "0.1"],
  ["double", "0.1"],
  ["decimal(65,30)", "12345678901234567890.123456789012345678901234567890"],
  ["bit(8)", "b'10101010'"],
  ["year", "1999"],
  ["date", "'2024-02-29'"],
  ["date", "'0000-00-00'"],
  ["date", "'9999-12-31'"],
  ["time", "'-12:34:56'"],
  ["time(6)", "'838:59:58.999999'"],
  ["datetime", "'2024-02-29 23:59:59'"],
  ["datetime", "'0000-00-00 00:00:00'"],
  ["datetime", "'2024-02-29 00:00:00'"],
  ["datetime(6)", "'2024-02-29 00:00:00.000000'"],
  ["datetime(6)", "'2024-02-29 00:00:00.000001'"],
  ["datetime(6)", "'2024-02-29 23:59:59.123456'"],
  ["timestamp(3)", "'2024-02-29 23:59:59.123'"],
  ["timestamp", "'2024-03-31 03:30:00'"],
  ["time", "'00:00:00'"],
  ["char(10)", "'a'"],
  ["varchar(50)", "'👩‍🚀 Ærøskøbing'"],
  ["varchar(50) character set latin1", "'Ærø'"],
  ["binary(4)", "x'00ff0a00'"],
  ["varbinary(10)", "x'00ff'"],
  ["tinytext", "'text'"],
  ["longtext", "repeat('é', 70000)"],
  ["blob", "x'00ff'"],
  ["enum('a','b')", "'b'"],
  ["set('a','b','c')", "'a,c'"],
  ["json", `'{"a": [1, 2.5, "x"]}'`],
  ["point", "ST_GeomFromText('POINT(1 2)')"],
];

/** What changes how the driver reads values. */
const SETTINGS: PoolOptions[] = [
  {},
  { dateStrings: true },
  { timezone: "+05:30" },
  { decimalNumbers: true },
  { supportBigNumbers: true },
  { supportBigNumbers: true, bigNumberStrings: true },
  { jsonStrings: true },
  { typeCast: (field, next) => (field.type === "LONGLONG" ? field.string() : next()) },
];

test.each(SETTINGS)(
  "columns of the user arrive as elsewhere, on a pool with %j",
  async (settings) => {
    const app = await startApp({ connectionLimit: 1, ...settings });
    const { userId } = await signUp(app, "ada");
    const { sessionId } = await app.auth.createSession(userId);
    await sql`set session sql_mode = ''`.execute(app.db);
    for (const [index, [type, value]] of COLUMNS.entries()) {
      const column = sql.ref(`column_${index}`);
      await sql`alter table auth_user add column ${column} ${sql.raw(type)} default null`.execute(
        app.db,
      );
      await sql`update auth_user set ${column} = ${sql.raw(value)}`.execute(app.db);
      // Another one each time: what one has found to differ it does not prepare again.
      const { auth } = kyselyLucia({
        ...options,
        pool: app.pool,
        lucia: {
          ...options.lucia,
          transformDatabaseUser: (user) => ({ ...user, userId: user.id }),
        },
      });
      const { rows } = await sql`select * from auth_user`.execute(app.db);
      const expected = { ...Object(rows[0]), userId };
      expect(await auth.getUser(userId), `${type} ${value}`).toEqual(expected);
      const { user } = await auth.validateSessionUser(sessionId);
      expect(user, `${type} ${value}`).toEqual(expected);
      await sql`alter table auth_user drop column ${column}`.execute(app.db);
    }
  },
);

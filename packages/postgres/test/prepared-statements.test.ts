import { atOnce, rejectionOf } from "@kysely-lucia/conformance";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { kyselyLucia } from "../src/index.js";
import { createPool, options, signUp, startApp } from "./support/app.js";

type App = Awaited<ReturnType<typeof startApp>>;

/** What the server has prepared on the one connection of the pool. */
async function preparedBy({ pool }: Pick<App, "pool">): Promise<string[]> {
  const { rows } = await pool.query<{ statement: string }>(
    "select statement from pg_prepared_statements order by prepare_time",
  );
  return rows.map(({ statement }) => statement);
}

async function signedIn(app: App) {
  const { userId } = await signUp(app, "ada");
  const { sessionId } = await app.auth.createSession(userId);
  return { userId, sessionId };
}

const startOnOne = () => startApp({ max: 1 });

describe("statements of auth", () => {
  test("are prepared once, those of the app are not", async () => {
    const app = await startOnOne();
    const { sessionId } = await signedIn(app);
    const before = await preparedBy(app);
    for (let call = 0; call < 3; call += 1) await app.auth.validateSessionUser(sessionId);
    await app.db.selectFrom("note").selectAll().execute();
    const after = await preparedBy(app);
    expect(after).toHaveLength(before.length + 1);
    expect(after.at(-1)).toMatch(/^select "auth_user"\.\*/);
    expect(after.join("\n")).not.toContain('"note"');
  });

  test("are not prepared where the caller says so", async () => {
    const pool = await createPool({ max: 1 });
    const app = { ...kyselyLucia({ ...options, pool, preparedStatements: false }), pool };
    await app.migrate();
    const { sessionId } = await signedIn(app as unknown as App);
    await app.auth.validateSessionUser(sessionId);
    expect(await preparedBy(app)).toEqual([]);
  });

  test("are not prepared in transactions, where a failure could not be mended", async () => {
    const app = await startOnOne();
    await signUp(app, "ada");
    const before = await preparedBy(app);
    await app.transaction(async ({ auth }) => {
      const { userId } = await auth.useKey("email", "ada", "password of ada");
      const { sessionId } = await auth.createSession(userId);
      await auth.validateSessionUser(sessionId);
    });
    expect(await preparedBy(app)).toEqual(before);
  });

  test("are sent once where they fail for what has nothing to do with their names", async () => {
    const app = await startOnOne();
    await signUp(app, "ada");
    // What a sequence has counted stays so where the statement fails.
    await app.pool.query(
      `create sequence attempts;
       create function refuse() returns trigger language plpgsql as $$
         begin perform nextval('attempts'); raise 'not today'; end $$;
       create trigger refuse before update on auth_key for each row execute function refuse()`,
    );
    const change = app.auth.updateKeyPassword("email", "ada", "another");
    expect(String(await rejectionOf(change))).toContain("not today");
    const { rows } = await app.pool.query("select last_value::int as count from attempts");
    expect(rows).toEqual([{ count: 1 }]);
  });

  test("are planned once, also for a user with many sessions", async () => {
    const app = await startOnOne();
    const { sessionId } = await signedIn(app);
    await app.pool.query(
      "insert into auth_user (id, username) select 'user ' || i, 'user ' || i from generate_series(1, 50) as i",
    );
    await app.pool.query(
      "insert into auth_session select 'session ' || i, 'user ' || i % 50 + 1, $1, $1 from generate_series(1, 50000) as i",
      [Date.now() + 86_400_000],
    );
    await app.pool.query("analyze auth_session, auth_user, auth_key");
    // The server plans the first five for the values that they come with.
    for (let call = 0; call < 10; call += 1) {
      await app.auth.validateSessionUser(sessionId);
      await app.auth.createSession("user 1");
    }
    const { rows } = await app.pool.query(
      "select custom_plans::int as plans from pg_prepared_statements where custom_plans + generic_plans >= 10",
    );
    expect(rows).toEqual([{ plans: 5 }, { plans: 5 }]);
  });

  test("return the columns that a table has by now, and are prepared anew", async () => {
    const app = await startOnOne();
    const { sessionId, userId } = await signedIn(app);
    const read = () => app.auth.validateSessionUser(sessionId);
    const names = async () => (await read()).user.username;
    expect(await names()).toBe("ada");
    for (const type of ["varchar(100)", "text"]) {
      await sql`alter table auth_user alter column username type ${sql.raw(type)}`.execute(app.db);
      expect(await names()).toBe("ada");
      expect(await names()).toBe("ada");
    }
    await sql`alter table auth_user add column age integer default 36`.execute(app.db);
    expect(await app.auth.updateUserAttributes(userId, { username: "eve" })).toMatchObject({
      username: "eve",
    });
    expect(await names()).toBe("eve");
    const before = await preparedBy(app);
    expect(await names()).toBe("eve");
    expect((await preparedBy(app)).length).toBe(before.length + 1);
    expect(await names()).toBe("eve");
    expect((await preparedBy(app)).length).toBe(before.length + 1);
  });

  test("are named anew once, where several connections find out at once that a table has changed", async () => {
    const app = await startApp({ max: 4 });
    const { sessionId } = await signedIn(app);
    const validate = () => app.auth.validateSessionUser(sessionId);
    await atOnce(4, validate);
    await sql`alter table auth_user add column age integer`.execute(app.db);
    await atOnce(4, validate);
    await atOnce(4, validate);
    const { rows } = await app.pool.query<{ name: string }>(
      "select name from pg_prepared_statements",
    );
    const generations = rows.map(({ name }) => Number(name.split("_").at(-1)));
    expect(Math.max(...generations)).toBe(2);
  });

  test("do not pile up on the server where tables change again and again", async () => {
    const app = await startOnOne();
    const { sessionId } = await signedIn(app);
    await sql`create schema other`.execute(app.db);
    await sql`create table other.auth_user as select username, id from auth_user`.execute(app.db);
    for (let turn = 0; turn < 60; turn += 1) {
      const path = turn % 2 ? sql`public` : sql`other, public`;
      await sql`set search_path = ${path}`.execute(app.db);
      await app.auth.validateSessionUser(sessionId);
    }
    expect((await preparedBy(app)).length).toBeLessThan(30);
  });

  test("are not prepared anew for an error that is not about them", async () => {
    const app = await startOnOne();
    const { userId } = await signedIn(app);
    await sql`
      create function refuse() returns trigger language plpgsql as
      $$ begin raise feature_not_supported; end $$
    `.execute(app.db);
    await sql`
      create trigger refuse before insert on auth_session for each row execute function refuse()
    `.execute(app.db);
    const refused = async () =>
      expect(await rejectionOf(app.auth.createSession(userId))).toMatchObject({ code: "0A000" });
    await refused();
    const before = await preparedBy(app);
    for (let call = 0; call < 3; call += 1) await refused();
    expect(await preparedBy(app)).toEqual(before);
  });

  test("go on being run where the server has forgotten them", async () => {
    const app = await startOnOne();
    const { sessionId, userId } = await signedIn(app);
    await app.auth.validateSessionUser(sessionId);
    await app.pool.query("deallocate all");
    const { user } = await app.auth.validateSessionUser(sessionId);
    expect(user.userId).toBe(userId);
    await app.auth.validateSessionUser(sessionId);
    expect(await preparedBy(app)).toEqual([]);
  });

  test("go on being run where another client has prepared some of that name", async () => {
    const app = await startOnOne();
    const { sessionId, userId } = await signedIn(app);
    const { rows } = await app.pool.query<{ name: string; statement: string }>(
      "select name, statement from pg_prepared_statements",
    );
    // As behind a pooler: the server connection is another one, on which others have worked before.
    const next = await createPool({ max: 1, connectionString: app.url });
    const client = await next.connect();
    for (const { name, statement } of rows) await client.query(`prepare ${name} as ${statement}`);
    client.release();
    const beside = kyselyLucia({ ...options, pool: next });
    await beside.auth.createSession(userId);
    const { user } = await beside.auth.validateSessionUser(sessionId);
    expect(user.userId).toBe(userId);
  });

  test("have values of theirs in no log and no error", async () => {
    const events: string[] = [];
    const pool = await createPool({ max: 1 });
    const app = kyselyLucia({
      ...options,
      pool,
      kysely: { log: (event) => void events.push(JSON.stringify(event)) },
    });
    await app.migrate();
    const { userId } = await signUp(app, "ada");
    const { sessionId } = await app.auth.createSession(userId);
    await app.auth.validateSessionUser(sessionId);
    expect(events.join()).toContain("auth_session");
    expect(events.join()).not.toContain(sessionId);
  });
});

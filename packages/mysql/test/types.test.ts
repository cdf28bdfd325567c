import { createPool } from "mysql2";
import { expect, expectTypeOf, test } from "vitest";
import { type AuthDatabase, kyselyLucia, schema } from "../src/index.js";
import { signUp, startApp } from "./support/app.js";

const lucia = { env: "DEV" } as const;

test("D17: what is selected has the type that TypeScript says, with mysql2's own parsing", async () => {
  const app = await startApp();
  const { userId } = await signUp(app, "ada");
  await app.auth.createSession(userId);

  const session = await app.db.selectFrom("auth_session").selectAll().executeTakeFirstOrThrow();
  expectTypeOf(session).toEqualTypeOf<{
    id: string;
    user_id: string;
    active_expires: number;
    idle_expires: number;
  }>();
  const { id, user_id, active_expires, idle_expires } = session;
  expect([id, user_id].map((value) => typeof value)).toEqual(["string", "string"]);
  expect([active_expires, idle_expires].map((value) => typeof value)).toEqual(["number", "number"]);

  const key = await app.db
    .selectFrom("auth_key")
    .select(["primary_key", "hashed_password", "expires"])
    .executeTakeFirstOrThrow();
  expectTypeOf(key).toEqualTypeOf<{
    primary_key: number;
    hashed_password: string | null;
    expires: number | null;
  }>();
  expect(key).toEqual({
    primary_key: 1,
    hashed_password: "hash of password of ada",
    expires: null,
  });
});

test("D17: a pool that parses integers and booleans otherwise says so in type parameters", async () => {
  const migrated = await startApp();
  const pool = createPool({
    uri: migrated.url,
    supportBigNumbers: true,
    bigNumberStrings: true,
    typeCast: (field, next) => (field.type === "TINY" ? field.string() === "1" : next()),
  });
  type Database = AuthDatabase<{ username: string }, { integer: string; boolean: boolean }>;
  await using app = kyselyLucia({ pool, schema: schema<Database>(), lucia });
  const { userId } = await signUp(migrated, "ada");
  const { sessionId } = await app.auth.createSession(userId);
  const { idle_expires } = await app.db
    .selectFrom("auth_session")
    .select("idle_expires")
    .executeTakeFirstOrThrow();
  expectTypeOf(idle_expires).toEqualTypeOf<string>();
  expect(idle_expires).toBeTypeOf("string");
  const { primary_key } = await app.db
    .selectFrom("auth_key")
    .select("primary_key")
    .executeTakeFirstOrThrow();
  expectTypeOf(primary_key).toEqualTypeOf<boolean>();
  expect(primary_key).toBe(true);
  expect(await app.auth.validateSession(sessionId)).toMatchObject({ userId, state: "active" });
});

test("other names are a part of the type, and have to be given", async () => {
  const tables = { user: "member", session: "member_session", key: "member_key" } as const;
  type Database = AuthDatabase<{ username: string }, object, typeof tables>;
  const { url } = await startApp();
  const pool = createPool(url);
  await using app = kyselyLucia({
    pool,
    schema: schema<Database, typeof tables>(),
    tables,
    lucia: {
      env: "DEV",
      transformDatabaseUser: (user) => ({ userId: user.id, name: user.username }),
    },
    userColumns: (table) => table.addColumn("username", "varchar(255)"),
  });
  await app.migrate();
  const user = await app.auth.createUser({ primaryKey: null, attributes: { username: "ada" } });
  expectTypeOf(user).toEqualTypeOf<{ userId: string; name: string }>();
  expect(user.name).toBe("ada");
  const members = await app.db.selectFrom("member").selectAll().execute();
  expectTypeOf(members).toEqualTypeOf<{ id: string; username: string }[]>();
  expect(members).toEqual([{ id: user.userId, username: "ada" }]);

  const incomplete = { pool, schema: schema<Database, typeof tables>(), lucia };
  // @ts-expect-error the names are missing
  kyselyLucia(incomplete);
  // @ts-expect-error a name that the schema does not have
  kyselyLucia({ ...incomplete, tables: { ...tables, user: "user" } });
  // @ts-expect-error the database has no such tables
  schema<AuthDatabase, typeof tables>();
});

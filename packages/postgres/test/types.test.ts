import type { TestDatabase } from "@kysely-lucia/services";
import pg from "pg";
import { afterAll, beforeAll, expect, expectTypeOf, test } from "vitest";
import { type AuthDatabase, kyselyLucia, schema } from "../src/index.js";
import { createDatabase } from "./support/database.js";

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});

afterAll(() => database.drop());

const lucia = { env: "DEV" } as const;
const asNumbers: pg.CustomTypesConfig = {
  getTypeParser: (oid: number) =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid),
};

test("D17: what is selected has the type that TypeScript says, with pg's own parsing", async () => {
  const pool = new pg.Pool({ connectionString: database.url });
  await using app = kyselyLucia({ pool, schema: schema<AuthDatabase>(), lucia });
  await app.migrate();
  const { userId } = await app.auth.createUser({
    primaryKey: { providerId: "email", providerUserId: "ada", password: null },
    attributes: {},
  });
  await app.auth.createSession(userId);

  const session = await app.db.selectFrom("auth_session").selectAll().executeTakeFirstOrThrow();
  expectTypeOf(session).toEqualTypeOf<{
    id: string;
    user_id: string;
    active_expires: string;
    idle_expires: string;
  }>();
  expect(Object.values(session).map((value) => typeof value)).toEqual(Array(4).fill("string"));

  const key = await app.db
    .selectFrom("auth_key")
    .select(["primary_key", "hashed_password", "expires"])
    .executeTakeFirstOrThrow();
  expectTypeOf(key).toEqualTypeOf<{
    primary_key: boolean;
    hashed_password: string | null;
    expires: string | null;
  }>();
  expect(key).toEqual({ primary_key: true, hashed_password: null, expires: null });
});

test("D17: a pool that parses integers otherwise says so in a type parameter", async () => {
  const pool = new pg.Pool({ connectionString: database.url, types: asNumbers });
  type Database = AuthDatabase<object, { integer: number }>;
  await using app = kyselyLucia({ pool, schema: schema<Database>(), lucia });
  await app.migrate();
  const { userId } = await app.auth.createUser({ primaryKey: null, attributes: {} });
  const { sessionId } = await app.auth.createSession(userId);
  const { idle_expires } = await app.db
    .selectFrom("auth_session")
    .select("idle_expires")
    .where("id", "=", sessionId)
    .executeTakeFirstOrThrow();
  expectTypeOf(idle_expires).toEqualTypeOf<number>();
  expect(idle_expires).toBeTypeOf("number");
  expect(await app.auth.validateSession(sessionId)).toMatchObject({ userId, state: "active" });
});

test("integers are written as numbers, strings and bigints alike", () => {
  const { db, close } = kyselyLucia({
    pool: new pg.Pool(),
    schema: schema<AuthDatabase>(),
    lucia,
  });
  const insert = db.insertInto("auth_session");
  const session = { id: "s", user_id: "u", active_expires: 1 };
  expect(insert.values({ ...session, idle_expires: 1n }).compile().parameters).toContain(1n);
  expect(insert.values({ ...session, idle_expires: "1" }).compile().parameters).toContain("1");
  return close();
});

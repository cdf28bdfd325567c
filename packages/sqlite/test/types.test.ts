import SQLite from "better-sqlite3";
import { expect, expectTypeOf, test } from "vitest";
import { type AuthDatabase, kyselyLucia, schema } from "../src/index.js";

const lucia = { env: "DEV" } as const;

async function signIn(app: {
  auth: ReturnType<typeof kyselyLucia<AuthDatabase>>["auth"];
  migrate: () => Promise<unknown>;
}) {
  await app.migrate();
  const { userId } = await app.auth.createUser({
    primaryKey: { providerId: "email", providerUserId: "ada", password: null },
    attributes: {},
  });
  return app.auth.createSession(userId);
}

test("D17: what is selected has the type that TypeScript says, with better-sqlite3's own parsing", async () => {
  const database = new SQLite(":memory:");
  await using app = kyselyLucia({ database, schema: schema<AuthDatabase>(), lucia });
  await signIn(app);

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
  expect(key).toEqual({ primary_key: 1, hashed_password: null, expires: null });
});

test("D17: a database that parses integers otherwise says so in a type parameter", async () => {
  const database = new SQLite(":memory:").defaultSafeIntegers();
  type Database = AuthDatabase<object, { integer: bigint }>;
  await using app = kyselyLucia({ database, schema: schema<Database>(), lucia });
  const { userId, sessionId } = await signIn(app);
  const { idle_expires } = await app.db
    .selectFrom("auth_session")
    .select("idle_expires")
    .executeTakeFirstOrThrow();
  expectTypeOf(idle_expires).toEqualTypeOf<bigint>();
  expect(idle_expires).toBeTypeOf("bigint");
  expect(await app.auth.validateSession(sessionId)).toMatchObject({ userId, state: "active" });
  expect(await app.auth.useKey("email", "ada", null)).toMatchObject({ primary: true });
});

test("integers are written as numbers and bigints alike", async () => {
  const database = new SQLite(":memory:");
  await using app = kyselyLucia({ database, schema: schema<AuthDatabase>(), lucia });
  const { userId } = await signIn(app);
  const session = { id: "s", user_id: userId, active_expires: 1 };
  await app.db
    .insertInto("auth_session")
    .values({ ...session, idle_expires: 2n })
    .execute();
  const found = app.db.selectFrom("auth_session").select("idle_expires").where("id", "=", "s");
  expect(await found.execute()).toEqual([{ idle_expires: 2 }]);
});

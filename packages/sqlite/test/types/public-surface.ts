/** Compiled by `tsc`, with and without the global `Lucia` namespace of Lucia's documentation. */

import {
  type AuthDatabase,
  type HashedPassword,
  hashPassword,
  kyselyLucia,
  schema,
} from "@kysely-lucia/sqlite";
import { betterSqlite3 } from "@lucia-auth/adapter-sqlite";
import SQLite from "better-sqlite3";
import type { Kysely, Transaction } from "kysely";
import type { Auth as LuciaAuth, Session } from "lucia-auth";
import { expectTypeOf } from "vitest";
import { type AppUser, auth, authOn, type Database, db, transaction } from "./app.js";

type SignedIn = { user: AppUser; session: Session } | { user: null; session: null };

// A user is what `transformDatabaseUser` returns, everywhere.
expectTypeOf(auth.getUser).returns.resolves.toEqualTypeOf<AppUser>();
expectTypeOf(auth.createUser).returns.resolves.toEqualTypeOf<AppUser>();
expectTypeOf(auth.updateUserAttributes).returns.resolves.toEqualTypeOf<AppUser>();
expectTypeOf(auth.getSessionUser).returns.resolves.toEqualTypeOf<{
  user: AppUser;
  session: Session;
}>();
expectTypeOf(auth.validateSessionUser).returns.resolves.toEqualTypeOf<{
  user: AppUser;
  session: Session;
}>();
expectTypeOf(auth.handleRequest).returns.toHaveProperty("validateUser");
expectTypeOf<
  ReturnType<ReturnType<typeof auth.handleRequest>["validateUser"]>
>().resolves.toEqualTypeOf<SignedIn>();
expectTypeOf(auth.transformDatabaseUser)
  .parameter(0)
  .toEqualTypeOf<{ id: string; username: string; visits: number }>();

// The attributes are the columns of `auth_user`, all but `id`.
type Attributes = Parameters<typeof auth.createUser>[0]["attributes"];
expectTypeOf<Attributes>().toEqualTypeOf<{ username: string; visits?: number }>();
type Update = Parameters<typeof auth.updateUserAttributes>[1];
expectTypeOf<Update>().toEqualTypeOf<{ username?: string; visits?: number }>();

// It is usable wherever Lucia's own Auth is asked for.
expectTypeOf(auth).toExtend<LuciaAuth>();

// `db` joins auth tables and the app's tables, and says what arrives.
expectTypeOf(db).toEqualTypeOf<Kysely<Database>>();
const joined = db
  .selectFrom("note")
  .innerJoin("auth_user", "auth_user.id", "note.user_id")
  .innerJoin("auth_session", "auth_session.user_id", "auth_user.id")
  .innerJoin("auth_key", "auth_key.user_id", "auth_user.id")
  .select(["note.body", "username", "idle_expires", "primary_key", "hashed_password", "expires"]);
expectTypeOf(joined.executeTakeFirstOrThrow()).resolves.toEqualTypeOf<{
  body: string;
  username: string;
  idle_expires: number;
  primary_key: number;
  hashed_password: string | null;
  expires: number | null;
}>();

// A transaction has both, and returns what the work returns.
expectTypeOf(transaction<number>)
  .parameter(0)
  .parameter(0)
  .toEqualTypeOf<{
    readonly db: Transaction<Database>;
    readonly auth: typeof auth;
    readonly attempt: number;
  }>();
expectTypeOf(transaction<number>).returns.resolves.toEqualTypeOf<number>();

expectTypeOf(authOn).parameter(0).toEqualTypeOf<Transaction<Database>>();
expectTypeOf(authOn).returns.toEqualTypeOf<typeof auth>();
void transaction(async () => {}, { isolationLevel: "serializable", retries: 3 });
// @ts-expect-error not on any of the databases
void transaction(async () => {}, { isolationLevel: "snapshot" });

// A password that was hashed ahead is taken in place of one, and is none.
const hashed = await hashPassword("correct horse");
expectTypeOf(hashed).toEqualTypeOf<HashedPassword>();
expectTypeOf(hashed).not.toExtend<string>();
const key = { providerId: "email", providerUserId: "ada", password: hashed };
void auth.createUser({ primaryKey: key, attributes: { username: "ada" } });
void auth.updateKeyPassword("email", "ada", hashed);
expectTypeOf(
  await auth.createKey("id", { ...key, type: "single_use", expiresIn: 60 }),
).toHaveProperty("expiresAt");
expectTypeOf(
  await auth.createKey("id", { ...key, type: "persistent", password: "text" }),
).toHaveProperty("primary");
// @ts-expect-error it signs nobody in
void auth.useKey("email", "ada", hashed);
// @ts-expect-error a single-use key ends at some time
void auth.createKey("id", { ...key, type: "single_use" });

const database = new SQLite(":memory:");

// Without a transform a user is its id; with an official adapter a transaction has no `auth`.
const official = kyselyLucia({
  database,
  schema: schema<Database>(),
  lucia: { env: "DEV" },
  adapter: betterSqlite3,
});
expectTypeOf(official.auth.getUser).returns.resolves.toEqualTypeOf<{ userId: string }>();
expectTypeOf(official.transaction<void>)
  .parameter(0)
  .parameter(0)
  .toEqualTypeOf<{ readonly db: Transaction<Database>; readonly attempt: number }>();

// Integers are bigints where the caller has said that the driver returns them so.
type BigDatabase = AuthDatabase<{ username: string }, { integer: bigint }>;
const big = kyselyLucia({ database, schema: schema<BigDatabase>(), lucia: { env: "DEV" } });
expectTypeOf(
  big.db.selectFrom("auth_session").select("idle_expires").executeTakeFirstOrThrow(),
).resolves.toEqualTypeOf<{ idle_expires: bigint }>();

// None of it is `any`.
expectTypeOf<Attributes>().not.toBeAny();
expectTypeOf<Attributes["username"]>().not.toBeAny();
expectTypeOf(auth).not.toBeAny();
expectTypeOf(auth.handleRequest).parameters.not.toBeAny();

// @ts-expect-error a column that is not there
void auth.createUser({ primaryKey: null, attributes: { username: "ada", nickname: "a" } });
// @ts-expect-error a column that is missing
void auth.createUser({ primaryKey: null, attributes: {} });
// @ts-expect-error an id is not an attribute
void auth.updateUserAttributes("id", { id: "other" });
// @ts-expect-error Express's middleware takes a request and a response
auth.handleRequest();
// @ts-expect-error the adapter is ours to give
kyselyLucia({ database, schema: schema<Database>(), lucia: { env: "DEV", adapter: () => {} } });
// @ts-expect-error an option that does not exist
kyselyLucia({ database, schema: schema<Database>(), lucia: { env: "DEV" }, plugins: [] });

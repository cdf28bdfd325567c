/** What the shorter pieces of code in the documents take for given: apps on SQLite, and what they were sent. */
import type { DialectSpec } from "@kysely-lucia/core";
import * as sqlite from "@kysely-lucia/sqlite";
import SQLite from "better-sqlite3";
import type { Generated, Insertable, Migration } from "kysely";
import type { cookies as nextCookies, headers as nextHeaders } from "next/headers.js";
import type { NextRequest, NextResponse } from "next/server.js";

interface Tables extends sqlite.AuthDatabase<{ username: string; banned?: boolean }> {
  note: { id: Generated<number>; user_id: string; body: string };
  audit: { id: Generated<number>; event: string; attempt: number };
  order: { id: Generated<number>; product: string };
}

const given = {
  database: new SQLite(":memory:"),
  schema: sqlite.schema<Tables>(),
  lucia: {
    env: "DEV",
    transformDatabaseUser: (user: { id: string; username: string }) => ({
      userId: user.id,
      username: user.username,
    }),
  },
} as const;
const app = sqlite.kyselyLucia(given);
const onExpress = sqlite.kyselyLucia({
  ...given,
  lucia: { ...given.lucia, middleware: sqlite.express() },
});
const onNext = sqlite.kyselyLucia({
  ...given,
  lucia: { ...given.lucia, middleware: sqlite.nextjs() },
});
type HandleRequest = typeof onExpress.auth.handleRequest & typeof onNext.auth.handleRequest;

type Signed = Awaited<ReturnType<typeof app.auth.validateSessionUser>>;

declare global {
  // What the factory has returned.
  const db: typeof app.db;
  const auth: Omit<typeof app.auth, "handleRequest"> & { handleRequest: HandleRequest };
  const authOn: typeof app.authOn;
  const transaction: typeof app.transaction;
  const migrate: typeof app.migrate;
  const checkSchema: typeof app.checkSchema;
  const deleteExpired: typeof app.deleteExpired;
  const startCleanup: typeof app.startCleanup;

  // What a dialect's package exports, and the options that an example has nothing to say of.
  type Database = Tables;
  const kyselyLucia: typeof sqlite.kyselyLucia;
  const hashPassword: typeof sqlite.hashPassword;
  const hashSessionId: typeof sqlite.hashSessionId;
  const TooManyPasswordsError: typeof sqlite.TooManyPasswordsError;
  const options: typeof given;
  const userColumns: sqlite.UserColumns;
  const authMigrations: ReturnType<typeof sqlite.migrationProvider>;
  const myMigrations: Record<string, Migration>;

  // What somebody has sent, and what was found by it.
  const form: { email: string; username: string; password: string };
  const user: Signed["user"];
  const session: Signed["session"];
  const userId: string;
  const password: sqlite.HashedPassword;
  const key: Parameters<typeof app.auth.createKey>[1];
  const order: Insertable<Tables["order"]>;
  const ignoreDuplicate: (error: unknown) => undefined;
  const logger: { error(error: unknown): void };

  // Of a dialect that somebody writes.
  const dialectSpec: DialectSpec;

  // Next.js.
  const cookies: typeof nextCookies;
  const headers: typeof nextHeaders;
  const request: NextRequest;
  const response: NextResponse;
}

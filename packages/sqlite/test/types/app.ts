import { type AuthDatabase, express, kyselyLucia, schema } from "@kysely-lucia/sqlite";
import SQLite from "better-sqlite3";
import type { Generated } from "kysely";

export interface Database extends AuthDatabase<{ username: string; visits: Generated<number> }> {
  note: { id: Generated<number>; user_id: string; body: string };
}

export const { db, auth, authOn, transaction, close } = kyselyLucia({
  database: new SQLite(":memory:"),
  schema: schema<Database>(),
  lucia: {
    env: "DEV",
    middleware: express(),
    transformDatabaseUser: (user) => ({ userId: user.id, name: user.username }),
  },
  userColumns: (table) => table.addColumn("username", "text").addColumn("visits", "integer"),
});

export interface AppUser {
  userId: string;
  name: string;
}

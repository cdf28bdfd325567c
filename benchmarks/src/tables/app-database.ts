import { type AuthDatabase as MysqlAuth, schema as mysql } from "@kysely-lucia/mysql";
import { type AuthDatabase as PostgresAuth, schema as postgres } from "@kysely-lucia/postgres";
import { type AuthDatabase as SqliteAuth, schema as sqlite } from "@kysely-lucia/sqlite";
import type { Generated } from "kysely";

interface Attributes {
  username: string;
}

interface Notes {
  note: { id: Generated<number>; user_id: string; body: string };
}

export const sqliteSchema = sqlite<SqliteAuth<Attributes> & Notes>();
export const postgresSchema = postgres<PostgresAuth<Attributes> & Notes>();
export const mysqlSchema = mysql<MysqlAuth<Attributes> & Notes>();

/** The tables as queries that fit all three dialects see them. */
export interface AppDatabase extends Notes {
  auth_user: { id: string; username: string };
  auth_session: { id: string; user_id: string; active_expires: number; idle_expires: number };
  auth_key: {
    id: string;
    user_id: string;
    primary_key: boolean | number;
    hashed_password: string | null;
    expires: number | null;
  };
}

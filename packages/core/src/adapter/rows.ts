import type { Insertable, Selectable } from "kysely";
import type { KeySchema, SessionSchema } from "lucia-auth";
import type { DialectSpec } from "../dialect-spec.js";
import type { StoredTables } from "../executor.js";

/** A row of `auth_session` in Lucia's terms, whatever the driver makes of 64-bit integers. */
export function decodeSession(row: Selectable<StoredTables["auth_session"]>): SessionSchema {
  return {
    id: row.id,
    user_id: row.user_id,
    active_expires: toTime(row.active_expires),
    idle_expires: toTime(row.idle_expires),
  };
}

/** A row of `auth_key` in Lucia's terms, whatever the driver makes of integers and booleans. */
export function decodeKey(row: Selectable<StoredTables["auth_key"]>): KeySchema {
  return {
    id: row.id,
    user_id: row.user_id,
    hashed_password: row.hashed_password,
    primary_key: Number(row.primary_key) !== 0,
    expires: row.expires === null ? null : toTime(row.expires),
  };
}

/** A key of Lucia's as the driver takes it. */
export function encodeKey(key: KeySchema, { encodeBoolean }: DialectSpec) {
  return {
    id: key.id,
    user_id: key.user_id,
    hashed_password: key.hashed_password,
    primary_key: encodeBoolean(key.primary_key),
    expires: key.expires,
  } satisfies Insertable<StoredTables["auth_key"]>;
}

/** The columns of the tables whose rows belong to a user, in the order in which statements have them. */
export const COLUMNS = {
  auth_key: ["id", "user_id", "hashed_password", "primary_key", "expires"],
  auth_session: ["id", "user_id", "active_expires", "idle_expires"],
} as const;

/** A row as a list of values, for a statement that is built once. */
export function valuesOf(table: keyof typeof COLUMNS, row: Readonly<Record<string, unknown>>) {
  return COLUMNS[table].map((column) => row[column]);
}

/** A key as a row again, where a statement is built. */
export function keyRow(values: readonly unknown[]): Insertable<StoredTables["auth_key"]> {
  const row = Object.fromEntries(COLUMNS.auth_key.map((column, index) => [column, values[index]]));
  return row as Insertable<StoredTables["auth_key"]>;
}

/** What is not a number has expired: a comparison with NaN would let it live for ever. */
function toTime(value: unknown): number {
  const time = Number(value);
  return Number.isNaN(time) ? 0 : time;
}

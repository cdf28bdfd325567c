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

/** The same as a list, for a statement that is built once, and as a row again where it is built. */
export function keyValues(key: KeySchema, spec: DialectSpec) {
  const { id, user_id, hashed_password, primary_key, expires } = encodeKey(key, spec);
  return [id, user_id, hashed_password, primary_key, expires] as const;
}

export type KeyValues = ReturnType<typeof keyValues>;

export function keyRow([id, user_id, hashed_password, primary_key, expires]: KeyValues) {
  return { id, user_id, hashed_password, primary_key, expires };
}

/** What is not a number has expired: a comparison with NaN would let it live for ever. */
function toTime(value: unknown): number {
  const time = Number(value);
  return Number.isNaN(time) ? 0 : time;
}

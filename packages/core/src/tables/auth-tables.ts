import { STORED_SESSION_ID_LENGTH } from "../adapter/session-ids.js";
import type { AuthColumnTypes } from "../dialect-spec.js";

/** The auth tables, each after those that it refers to. */
export const AUTH_TABLES = ["auth_user", "auth_session", "auth_key"] as const;

export type AuthTable = (typeof AUTH_TABLES)[number];

/** The tables whose rows belong to a user. */
export const OWNED_TABLES = ["auth_session", "auth_key"] as const;

export type OwnedTable = (typeof OWNED_TABLES)[number];

export interface AuthColumn {
  readonly name: string;
  readonly type: keyof AuthColumnTypes;
  readonly isNullable?: true;
  /** How many characters it has to hold at least. */
  readonly minLength?: number;
  /** Whether tables of Lucia's early versions may lack it, so that it is added to those. */
  readonly isAddable?: true;
}

/** An id of Lucia's own. Apps that make ids themselves know how long they are. */
const USER_ID_LENGTH = 15;
/** The provider's name, and an address or another name there. */
const KEY_ID_LENGTH = 255;
/** A hash of Lucia's, and of `hashPassword`. */
const PASSWORD_HASH_LENGTH = 148;

/** The columns that each table needs beside those of the app. The first one is its primary key. */
export const AUTH_COLUMNS: Readonly<Record<AuthTable, readonly AuthColumn[]>> = {
  auth_user: [{ name: "id", type: "id", minLength: USER_ID_LENGTH }],
  auth_session: [
    { name: "id", type: "id", minLength: STORED_SESSION_ID_LENGTH },
    { name: "user_id", type: "id", minLength: USER_ID_LENGTH },
    { name: "active_expires", type: "integer" },
    { name: "idle_expires", type: "integer" },
  ],
  auth_key: [
    { name: "id", type: "id", minLength: KEY_ID_LENGTH },
    { name: "user_id", type: "id", minLength: USER_ID_LENGTH },
    { name: "primary_key", type: "boolean", isAddable: true },
    { name: "hashed_password", type: "text", isNullable: true, minLength: PASSWORD_HASH_LENGTH },
    { name: "expires", type: "integer", isNullable: true, isAddable: true },
  ],
};

/** For the sessions and keys of a user, and for those that have expired. */
export const AUTH_INDEXES: readonly { table: OwnedTable; columns: readonly string[] }[] = [
  { table: "auth_session", columns: ["user_id", "idle_expires"] },
  { table: "auth_session", columns: ["idle_expires"] },
  { table: "auth_key", columns: ["user_id"] },
  { table: "auth_key", columns: ["expires"] },
];

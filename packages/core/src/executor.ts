import type { AuthTables } from "@kysely-lucia/schema";
import type { Kysely } from "kysely";

/**
 * The auth tables as core sees them on any dialect: what drivers disagree on is `unknown` until
 * `adapter/rows.ts` has decoded it.
 */
export type StoredTables = AuthTables<
  Record<string, unknown>,
  { integer: unknown; boolean: unknown }
>;

/** Kysely where auth queries run: on the pool, or on one open transaction. Has no plugins of the app's. */
export type Executor = Kysely<StoredTables>;

/** Kysely on the tables of any app. */
// biome-ignore lint/suspicious/noExplicitAny: tables that core knows nothing of
export type AnyKysely = Kysely<any>;

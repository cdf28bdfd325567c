/**
 * For authors of dialects: what dialects share. Apps install the package of their database, which exports what they need of it.
 *
 * @module @kysely-lucia/core
 */
export { hashSessionId, type SessionIds } from "./adapter/session-ids.js";
export { assemble } from "./assemble.js";
export type { Auth, AuthTypes, TypedAuthRequest } from "./auth.js";
export type { Cleanup, CleanupOptions } from "./cleanup.js";
export { ConfigurationError } from "./configuration-error.js";
export type { DeletedRows, DeleteExpiredOptions } from "./delete-expired.js";
export { describeValue } from "./describe-value.js";
export type {
  AuthColumnTypes,
  DataType,
  DialectSpec,
  ErrorKind,
  LockPurpose,
  OpenedPool,
} from "./dialect-spec.js";
export { PoolDriver, RELEASED } from "./driver.js";
export type { AnyKysely } from "./executor.js";
export { extendStack } from "./extend-stack.js";
export type { HashStoredSessionsOptions } from "./hash-stored-sessions.js";
export { type ExpressRequest, type ExpressResponse, express } from "./middleware/express.js";
export {
  type NextContext,
  type NextHeaders,
  type NextReadableCookies,
  type NextRequest,
  type NextWritableCookies,
  nextjs,
} from "./middleware/nextjs.js";
export { type NodeRequest, type NodeResponse, node } from "./middleware/node.js";
export { type SvelteKitEvent, sveltekit } from "./middleware/sveltekit.js";
export type {
  Factory,
  LuciaOptions,
  OfficialAdapter,
  Options,
  UserColumns,
} from "./options.js";
export { type HashedPassword, hashPassword } from "./password/hashed-password.js";
export { TooManyPasswordsError } from "./password/work-queue.js";
export type { AuthOf, KyselyLucia, TransactionScope } from "./result.js";
export type { TableName } from "./table-names.js";
export { grouped } from "./tables/grouped.js";
export { inspectSqliteTables } from "./tables/inspect-sqlite.js";
export type { LiveColumn, LiveForeignKey, LiveIndex, LiveTable } from "./tables/live-tables.js";
export type { MigrateOptions, MigrateResult } from "./tables/migrate.js";
export {
  type AuthMigration,
  type AuthMigrationProvider,
  type MigrationProviderOptions,
  migrationProvider,
} from "./tables/migration-provider.js";
export type { FindingCode, SchemaFinding } from "./tables/step.js";
export type { TransactionOptions } from "./transaction/options.js";
export { TransactionOverError } from "./transaction/over-error.js";

/**
 * Kysely and Lucia on one pg pool.
 *
 * @module @kysely-lucia/postgres
 */
export {
  type AuthMigration,
  type AuthMigrationProvider,
  type AuthOf,
  type Cleanup,
  type CleanupOptions,
  ConfigurationError,
  type DeletedRows,
  type DeleteExpiredOptions,
  type ExpressRequest,
  type ExpressResponse,
  express,
  type FindingCode,
  type HashedPassword,
  type HashStoredSessionsOptions,
  hashPassword,
  hashSessionId,
  type KyselyLucia,
  type LuciaOptions,
  type MigrateOptions,
  type MigrateResult,
  type MigrationProviderOptions,
  type NextContext,
  type NextHeaders,
  type NextReadableCookies,
  type NextRequest,
  type NextWritableCookies,
  type NodeRequest,
  type NodeResponse,
  nextjs,
  node,
  type OfficialAdapter,
  type SchemaFinding,
  type SessionIds,
  type SvelteKitEvent,
  sveltekit,
  TooManyPasswordsError,
  type TransactionOptions,
  TransactionOverError,
  type TransactionScope,
  type UserColumns,
} from "@kysely-lucia/core";
export type { DefaultTableNames, TableNames } from "@kysely-lucia/schema";
export { type AuthDatabase, schema } from "./auth-database.js";
export { isUniqueViolation } from "./errors.js";
export { kyselyLucia, type PostgresOptions } from "./kysely-lucia.js";
export { migrationProvider } from "./migration-provider.js";
export type { PostgresPool } from "./postgres-pool.js";

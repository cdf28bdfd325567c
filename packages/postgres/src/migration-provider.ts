import {
  type AuthMigrationProvider,
  type MigrationProviderOptions,
  migrationProvider as ofDialect,
} from "@kysely-lucia/core";
import { dialectSpec } from "./dialect-spec.js";

/**
 * The migrations of the auth tables as a `MigrationProvider` of Kysely's, for teams that run all of theirs with Kysely's
 * `Migrator` or with `kysely-ctl`. Take them or `migrate`, not both: each has a history of its own.
 *
 * @throws ConfigurationError for options that cannot work
 * @example
 * ```ts
 * const authMigrations = migrationProvider({ userColumns });
 * const provider = {
 *   getMigrations: async () => ({ ...(await authMigrations.getMigrations()), ...myMigrations }),
 * };
 * await new Migrator({ db, provider }).migrateToLatest();
 * ```
 */
export function migrationProvider(options?: MigrationProviderOptions): AuthMigrationProvider {
  return ofDialect(dialectSpec, options);
}

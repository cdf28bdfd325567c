import type { TableNames } from "@kysely-lucia/schema";
import { checkTableOptions } from "../check-options.js";
import type { DialectSpec } from "../dialect-spec.js";
import type { AnyKysely } from "../executor.js";
import type { UserColumns } from "../options.js";
import { planTables } from "./plan.js";
import { refuse } from "./refuse.js";
import { removeTables } from "./remove-tables.js";
import { migrationOf, runSteps } from "./run-steps.js";
import type { MigrationName } from "./step.js";
import { type WantedTables, wantedTables } from "./wanted-tables.js";

/** One migration, as Kysely's `Migrator` runs it. */
export interface AuthMigration {
  up(db: AnyKysely): Promise<void>;
  down(db: AnyKysely): Promise<void>;
}

/** The options of the factory that are about tables. Give the same to both. */
export interface MigrationProviderOptions {
  /** The columns of the table of users beside `id`. Default: none */
  userColumns?: UserColumns;
  /** Other names for the tables. Default: Lucia's */
  tables?: TableNames;
  /** A schema for the tables, on databases that have some. Default: the one that the database itself decides for */
  databaseSchema?: string;
  /** Whether keys and sessions refer to their users. Default: true */
  foreignKeys?: boolean;
}

/** The migrations of the auth tables, as Kysely's `MigrationProvider`, whichever version of Kysely that is of. */
export interface AuthMigrationProvider {
  getMigrations(): Promise<Record<MigrationName, AuthMigration>>;
}

/**
 * The migrations of a dialect, for its package to export.
 *
 * @throws ConfigurationError for options that cannot work
 */
export function migrationProvider(
  spec: DialectSpec,
  options: MigrationProviderOptions = {},
): AuthMigrationProvider {
  checkTableOptions(options, spec);
  const wanted = wantedTables(spec, options);
  return { getMigrations: async () => migrationsOf(wanted) };
}

/**
 * Each migration looks at what is there and does what is left to do: one that was killed halfway, on a database that
 * cannot roll back, can be run again.
 */
function migrationsOf(wanted: WantedTables): Record<MigrationName, AuthMigration> {
  const up = (name: MigrationName) => async (db: AnyKysely) => {
    const steps = await planTables(db, wanted);
    refuse(steps, wanted);
    await runSteps(
      db,
      wanted,
      steps.filter((step) => migrationOf(step) === name),
    );
  };
  return {
    "0001_tables": {
      up: up("0001_tables"),
      down: async (db) => void (await removeTables(db, wanted)),
    },
    // Indexes go with their tables. Without a `down`, Kysely would not get past it.
    "0002_indexes": { up: up("0002_indexes"), down: async () => {} },
  };
}
